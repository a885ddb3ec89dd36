package io.filewright.command;

import io.filewright.Backing;
import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What `filewright open` says about a file.
///
/// @param session the engine that ran
/// @param guard the one that was asked for
record OpenReports(Session session, Guard guard) {

  Report ready(MmapRegion region, Millis load, Pages pages, ContentScan.Findings findings) {
    boolean known = pages.residency().isKnown();
    long residentBytes = pages.residency().residentBytes();
    var json =
        json(region.path(), "Ready", region.byteSize(), region.backing(), load)
            .put("residentBytes", known ? residentBytes : null);
    var text = new StringBuilder(new HumanSize(region.byteSize()).toString());
    text.append(region.backing() == Backing.MAPPED ? " mapped, " : " copied, ")
        .append(known ? new HumanSize(residentBytes) : "unknown how much")
        .append(" resident, engine ")
        .append(session.runtime().engineName());
    findings.sha256().ifPresent(sha256 -> json.put("sha256", sha256));
    findings.sha256().ifPresent(sha256 -> text.append(", sha256 ").append(sha256));
    findings.lines().ifPresent(lines -> json.put("lines", lines));
    findings.lines().ifPresent(lines -> text.append(", ").append(lines).append(" lines"));
    return Report.success(json, StateLine.of("Ready", load, region.path(), text.toString()));
  }

  /// A file that could not be opened, or not be read to its end.
  ///
  /// @param load the time until it failed
  Report failed(Path path, Millis load, FileException error) {
    return Report.failure(
        json(path, "Failed", null, null, load).put("residentBytes", null),
        error,
        StateLine.of("Failed", load, path, error.getClass().getSimpleName()));
  }

  private JsonObject json(
      Path path, String state, @Nullable Long size, @Nullable Backing backing, Millis load) {
    return new JsonObject()
        .put(path)
        .put("size", size)
        .put("state", state)
        .put("engine", session.runtime().engineName())
        .put("backing", backing == null ? null : backing.name())
        .put("guard", guard.name())
        .put("loadMillis", load.decimal())
        .put("engineMillis", session.startup().decimal());
  }
}
