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
import java.util.Set;

/// Makes strict text of lines, without their ends (LF or CRLF).
record LineDecoder(Path path, Charset charset) implements Cut.Cutter<String> {

  static final byte LINE_FEED = '\n';
  private static final char REPLACEMENT = '\uFFFD';
  private static final Set<Charset> DECODED_AT_ONCE =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1);
  private static final int SCRATCH_CHARS = 8192;

  LineDecoder {
    if (!charset.canEncode() || !Arrays.equals("\n".getBytes(charset), new byte[] {LINE_FEED})) {
      throw new IllegalArgumentException(
          "lines: in " + charset + " a line does not end with the single byte 0x0A");
    }
  }

  /// Where the byte 0x0A is a line feed wherever it stands, a chunk is decoded at once, which takes
  /// half the time. `String` replaces what is malformed: a replacement character in the text calls
  /// for a closer look at each line.
  @Override
  public Cut<String> cut(byte[] bytes, long fileOffset) {
    if (DECODED_AT_ONCE.contains(charset)) {
      var text = new String(bytes, charset);
      if (text.indexOf(REPLACEMENT) < 0) {
        return new TextLines(text);
      }
    }
    return new ByteRecords<>(
        bytes, LINE_FEED, (_, from, to) -> decode(bytes, from, to, fileOffset));
  }

  private String decode(byte[] bytes, int from, int to, long fileOffset) throws FileException {
    boolean carriageReturn = to < bytes.length && to > from && bytes[to - 1] == '\r';
    int end = carriageReturn ? to - 1 : to;
    var line = new String(bytes, from, end - from, charset);
    if (line.indexOf(REPLACEMENT) >= 0) {
      check(ByteBuffer.wrap(bytes, from, end - from), fileOffset + from);
    }
    return line;
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
