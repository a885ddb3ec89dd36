package io.filewright.stream;

import io.filewright.error.FailureDetails;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Where a batch stands in its source, and how much it is.
///
/// @param path of the file, empty if there is none
/// @param byteOffset in the file, if there is one
/// @param byteSize in bytes; 0 if it has no size
/// @param records how many, if that is known without a look; 0 otherwise
public record BatchPlace(Path path, OptionalLong byteOffset, long byteSize, long records) {

  private static final Path NO_FILE = Path.of("");

  /// Of a batch that nothing is known of.
  static final BatchPlace UNKNOWN = ofElements(0, 0);

  static BatchPlace of(Path path, long byteOffset, long byteSize, long records) {
    return new BatchPlace(path, OptionalLong.of(byteOffset), byteSize, records);
  }

  static BatchPlace ofElements(long elements, long elementBytes) {
    return new BatchPlace(NO_FILE, OptionalLong.empty(), elements * elementBytes, elements);
  }

  /// @param index of the batch in its source
  FailureDetails failure(long index, Throwable cause) {
    var details =
        FailureDetails.of(
            path,
            "process",
            "batch %d was refused: %s".formatted(index, cause),
            "Check what it holds, and the function that was given");
    return byteOffset.isPresent() ? details.withRange(byteOffset.getAsLong(), byteSize) : details;
  }
}
