package io.filewright.reactor;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InvalidUtf8;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// Makes strict text of lines, without their ends (LF or CRLF).
record LineDecoder(Path path, Charset charset) implements RecordCutter.RecordFunction<String> {

  private static final byte[] LINE_FEED = {'\n'};
  private static final int SCRATCH_CHARS = 8192;

  LineDecoder {
    if (!charset.canEncode() || !Arrays.equals("\n".getBytes(charset), LINE_FEED)) {
      throw new IllegalArgumentException(
          "lines: in " + charset + " a line does not end with the single byte 0x0A");
    }
  }

  /// `String` replaces what is malformed, quickly; only a replacement character in the result calls
  /// for the exact decoder.
  @Override
  public String apply(byte[] bytes, int from, int to, long fileOffset) throws FileException {
    int byteSize = contentEnd(bytes, from, to) - from;
    var text = new String(bytes, from, byteSize, charset);
    if (text.indexOf('\uFFFD') >= 0) {
      check(ByteBuffer.wrap(bytes, from, byteSize), fileOffset);
    }
    return text;
  }

  /// A carriage return is content unless a line feed follows.
  private static int contentEnd(byte[] bytes, int from, int to) {
    if (bytes[to - 1] != '\n') {
      return to;
    }
    return to - 1 > from && bytes[to - 2] == '\r' ? to - 2 : to - 1;
  }

  private void check(ByteBuffer input, long fileOffset) throws FileException {
    int start = input.position();
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var output = CharBuffer.allocate(SCRATCH_CHARS);
    CoderResult result;
    do {
      output.clear();
      result = decoder.decode(input, output, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw invalid(fileOffset + input.position() - start, result.length());
    }
  }

  private FileException invalid(long fileOffset, int byteSize) {
    var details =
        FailureDetails.of(
                path,
                "lines",
                "the bytes are not " + charset,
                "Check the file's encoding, or read its bytes and decode them with another one")
            .withRange(fileOffset, byteSize);
    return charset.equals(StandardCharsets.UTF_8)
        ? new InvalidUtf8(details)
        : new InvalidText(details);
  }
}
