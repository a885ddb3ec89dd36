package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// How full a memory budget is, from time to time while it is monitored.
@Name("io.filewright.MemoryBudget")
@Label("Memory Budget")
@Description("How full a memory budget is")
@Category("Filewright")
@StackTrace(false)
public final class MemoryBudgetEvent extends Event {

  private MemoryBudgetEvent() {}

  @Label("Name")
  String name = "";

  @Label("Used")
  @DataAmount
  long usedBytes;

  @Label("Limit")
  @DataAmount
  long limitBytes;

  @Label("Peak")
  @DataAmount
  long peakBytes;

  @Label("Cached")
  @Description("Of those in use, what is only kept for later")
  @DataAmount
  long cachedBytes;

  /// Emits one if a recording wants it.
  public static void emit(String name, long used, long limit, long peak, long cached) {
    var event = new MemoryBudgetEvent();
    if (event.shouldCommit()) {
      event.name = name;
      event.usedBytes = used;
      event.limitBytes = limit;
      event.peakBytes = peak;
      event.cachedBytes = cached;
      event.commit();
    }
  }
}
