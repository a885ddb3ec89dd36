/// The operating system's calls, and nothing else: the only package that links native functions.
///
/// [Os] is the method set; [LinuxOs] implements it; [Platform] finds the right one or says why
/// there is none. Results are the kernel's: a negative number is a negated errno. What that means
/// for a file is decided above.
@NullMarked
package io.filewright.internal.os;

import org.jspecify.annotations.NullMarked;
