package io.filewright.ring;

/// The threads of this process that block for a file.
final class Workers {

  private Workers() {}

  static long count() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("filewright-open") || name.startsWith("filewright-load"))
        .count();
  }
}
