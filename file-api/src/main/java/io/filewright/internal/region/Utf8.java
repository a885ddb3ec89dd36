package io.filewright.internal.region;

import io.filewright.error.FailureDetails;
import io.filewright.error.InvalidUtf8;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Strict UTF-8.
public final class Utf8 {

  private Utf8() {}

  /// Decodes bytes that all have to be UTF-8.
  ///
  /// @param fileOffset where the bytes begin in the file, for the message
  public static String decode(byte[] bytes, int from, int length, Path path, long fileOffset)
      throws InvalidUtf8 {
    // The JDK's decoder is an intrinsic, but replaces what is malformed; only a replacement
    // character in the result calls for the slow, exact one.
    var text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      check(bytes, from, length, path, fileOffset);
    }
    return text;
  }

  private static void check(byte[] bytes, int from, int length, Path path, long fileOffset)
      throws InvalidUtf8 {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var input = ByteBuffer.wrap(bytes, from, length);
    var output = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      output.clear();
      result = decoder.decode(input, output, true);
    } while (result.isOverflow());
    if (result.isError()) {
      long offset = fileOffset + input.position() - from;
      throw new InvalidUtf8(
          FailureDetails.of(
                  path,
                  "decode",
                  "the bytes are not UTF-8",
                  "Check the file's encoding, or read its bytes and decode them with another one")
              .withRange(offset, result.length()));
    }
  }
}
