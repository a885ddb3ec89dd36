package io.filewright.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a request for a file is answered: the status, the head, and which bytes of the file follow.
///
/// @param head without what is said of the connection
/// @param pieces to be sent behind the head
record FileResponse(ResponseHead head, List<BodyWriter.Piece> pieces) {

  /// Decides.
  ///
  /// @param hasBody whether what the head announces is to be sent (GET, not HEAD)
  static FileResponse of(
      ServedFile file,
      String contentType,
      HttpHeaders request,
      boolean hasBody,
      ByteBufAllocator allocator) {
    return switch (Preconditions.of(request, file.entityTag(), file.modified())) {
      case FAILED -> empty(HttpResponseStatus.PRECONDITION_FAILED, file);
      case NOT_MODIFIED -> notModified(file);
      case MET -> selected(file, contentType, request, hasBody, allocator);
    };
  }

  private static FileResponse selected(
      ServedFile file,
      String contentType,
      HttpHeaders request,
      boolean hasBody,
      ByteBufAllocator allocator) {
    String range = hasBody ? request.get(HttpHeaderNames.RANGE) : null;
    if (range == null
        || !Preconditions.allowRange(request, file.entityTag(), file.modified(), Instant.now())) {
      return whole(file, contentType, hasBody);
    }
    return switch (ByteRanges.parse(range, file.byteSize())) {
      case ByteRanges.Whole _ -> whole(file, contentType, true);
      case ByteRanges.Unsatisfiable _ -> unsatisfiable(file);
      case ByteRanges.Parts(var parts) when parts.size() == 1 ->
          part(file, contentType, parts.getFirst());
      case ByteRanges.Parts(var parts) -> parts(file, contentType, parts, allocator);
    };
  }

  private static FileResponse whole(ServedFile file, String contentType, boolean hasBody) {
    ResponseHead head =
        described(HttpResponseStatus.OK, file)
            .with("Content-Type", contentType)
            .with("Content-Length", file.byteSize());
    return new FileResponse(
        head, hasBody ? List.of(new BodyWriter.Piece.Range(0, file.byteSize())) : List.of());
  }

  private static FileResponse part(ServedFile file, String contentType, ByteRanges.Part part) {
    ResponseHead head =
        described(HttpResponseStatus.PARTIAL_CONTENT, file)
            .with("Content-Type", contentType)
            .with("Content-Range", contentRange(part, file))
            .with("Content-Length", part.byteSize());
    return new FileResponse(head, List.of(new BodyWriter.Piece.Range(part.from(), part.to())));
  }

  private static FileResponse parts(
      ServedFile file,
      String contentType,
      List<ByteRanges.Part> parts,
      ByteBufAllocator allocator) {
    String boundary = Boundary.next();
    var pieces = new ArrayList<BodyWriter.Piece>();
    long byteSize = 0;
    String start = "--";
    for (ByteRanges.Part part : parts) {
      String head =
          "%s%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(start, boundary, contentType, contentRange(part, file));
      pieces.add(new BodyWriter.Piece.Bytes(ByteBufUtil.writeAscii(allocator, head)));
      pieces.add(new BodyWriter.Piece.Range(part.from(), part.to()));
      byteSize += head.length() + part.byteSize();
      start = "\r\n--";
    }
    String end = "\r\n--" + boundary + "--\r\n";
    pieces.add(new BodyWriter.Piece.Bytes(ByteBufUtil.writeAscii(allocator, end)));
    ResponseHead head =
        described(HttpResponseStatus.PARTIAL_CONTENT, file)
            .with("Content-Type", "multipart/byteranges; boundary=" + boundary)
            .with("Content-Length", byteSize + end.length());
    return new FileResponse(head, pieces);
  }

  private static FileResponse unsatisfiable(ServedFile file) {
    ResponseHead head =
        ResponseHead.of(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            .with("Content-Range", "bytes */" + file.byteSize())
            .with("Content-Length", 0);
    return new FileResponse(head, List.of());
  }

  private static FileResponse notModified(ServedFile file) {
    return new FileResponse(described(HttpResponseStatus.NOT_MODIFIED, file), List.of());
  }

  private static FileResponse empty(HttpResponseStatus status, ServedFile file) {
    return new FileResponse(described(status, file).with("Content-Length", 0), List.of());
  }

  private static ResponseHead described(HttpResponseStatus status, ServedFile file) {
    return ResponseHead.of(status)
        .with("ETag", file.entityTag())
        .with("Last-Modified", file.lastModified())
        .with("Accept-Ranges", "bytes")
        .with("X-Content-Type-Options", "nosniff");
  }

  private static String contentRange(ByteRanges.Part part, ServedFile file) {
    return "bytes %d-%d/%d".formatted(part.from(), part.to() - 1, file.byteSize());
  }

  /// What separates parts: random, so that no file can contain it on purpose.
  private static final class Boundary {

    private static final SecureRandom RANDOM = new SecureRandom();

    static String next() {
      return "%016x%016x".formatted(RANDOM.nextLong(), RANDOM.nextLong());
    }
  }
}
