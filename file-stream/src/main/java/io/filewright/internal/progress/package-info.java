/// How progress is smoothed and handed out.
@NullMarked
package io.filewright.internal.progress;

import org.jspecify.annotations.NullMarked;
