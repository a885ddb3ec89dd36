package io.filewright.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.lang.foreign.MemorySegment;

/// A call of `MemorySegment.reinterpret`, which is restricted.
final class IsReinterpret extends DescribedPredicate<JavaMethodCall> {

  IsReinterpret() {
    super("the method is MemorySegment.reinterpret");
  }

  @Override
  public boolean test(JavaMethodCall call) {
    return call.getName().equals("reinterpret")
        && call.getTargetOwner().isAssignableTo(MemorySegment.class);
  }
}
