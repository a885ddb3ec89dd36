package io.filewright.proofs;

import io.filewright.internal.region.Lifetime;

/// What is checked as a lifetime: the real one, or one with a mistake.
interface Word {

  boolean tryAcquire();

  void release();

  boolean tryAlone(Runnable action);

  boolean close();

  /// The real one.
  static Word real(Runnable end) {
    var lifetime = new Lifetime(end);
    return new Word() {
      @Override
      public boolean tryAcquire() {
        return lifetime.tryAcquire();
      }

      @Override
      public void release() {
        lifetime.release();
      }

      @Override
      public boolean tryAlone(Runnable action) {
        return lifetime.tryAlone(action);
      }

      @Override
      public boolean close() {
        return lifetime.close();
      }
    };
  }
}
