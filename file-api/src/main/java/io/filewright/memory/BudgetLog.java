package io.filewright.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Tells of each reservation and each release, at debug: for finding out who holds what.
final class BudgetLog {

  private static final Logger LOG = System.getLogger("io.filewright.memory");

  private BudgetLog() {}

  static void reserved(String budget, long byteSize) {
    log("{0}: {1} bytes reserved.", budget, byteSize);
  }

  static void released(String budget, long byteSize) {
    log("{0}: {1} bytes given back.", budget, byteSize);
  }

  private static void log(String format, String budget, long byteSize) {
    if (LOG.isLoggable(Level.DEBUG)) {
      LOG.log(Level.DEBUG, format, budget, byteSize);
    }
  }
}
