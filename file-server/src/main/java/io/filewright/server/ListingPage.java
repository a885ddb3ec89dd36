package io.filewright.server;

import io.filewright.spi.Residency;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A directory as a page of HTML, without scripts. The bars show which parts of a file are in
/// memory.
final class ListingPage {

  /// How many parts a bar distinguishes.
  private static final int CELLS = 32;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>{title}</title>
      <style>
      :root { --ink: #1c2024; --soft: #60646c; --line: #e4e6ea; --page: #fcfcfd; --row: #f2f4f7;
              --link: #0b61c4; --fill: #2f9e62; --empty: #dfe3e8; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #edeef0; --soft: #9ba1a9; --line: #2c3036; --page: #131519; --row: #1c1f24;
                --link: #7ab5ff; --fill: #46b87a; --empty: #30353c; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem; color: var(--ink);
             background: var(--page); font: 15px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.15rem; font-weight: 600; margin: 0 0 1.25rem; overflow-wrap: anywhere; }
      table { border-collapse: collapse; width: 100%; }
      th { color: var(--soft); font-weight: 500; font-size: .8rem; text-align: left; }
      th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
      tbody tr:hover { background: var(--row); }
      td:first-child { overflow-wrap: anywhere; }
      .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
      .t { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
      a { color: var(--link); text-decoration: none; }
      a:hover { text-decoration: underline; }
      .m { width: 13rem; white-space: nowrap; }
      .bar { display: inline-block; width: 8rem; height: .6rem; border-radius: .2rem;
             background: var(--empty); vertical-align: middle; overflow: hidden; }
      .bar i { display: inline-block; height: 100%; background: var(--fill); vertical-align: top; }
      .p { display: inline-block; width: 3.2rem; text-align: right; color: var(--soft);
           font-variant-numeric: tabular-nums; }
      footer { margin-top: 1rem; color: var(--soft); font-size: .8rem; }
      @media (max-width: 40rem) { .t, .m { display: none; } }
      </style>
      </head>
      <body>
      <h1>{title}</h1>
      <table>
      <thead><tr><th>Name</th><th class="n">Size</th><th class="t">Modified (UTC)</th>\
      <th class="m">In memory</th></tr></thead>
      <tbody>
      """;

  private final StringBuilder html = new StringBuilder();

  private ListingPage() {}

  static String of(RequestTarget target, Listing listing) {
    var page = new ListingPage();
    page.html.append(HEAD.replace("{title}", escape("/" + target.relative())));
    if (!target.names().isEmpty()) {
      page.html.append("<tr><td><a href=\"../\">..</a></td>");
      page.html.append("<td class=\"n\"></td><td class=\"t\"></td><td class=\"m\"></td></tr>\n");
    }
    listing.entries().forEach(page::row);
    page.end(listing);
    return page.html.toString();
  }

  /// For people: three digits at most, and a unit.
  static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.5 && unit < 5) {
      value /= 1_024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 9.95 ? "%.1f %ciB" : "%.0f %ciB", value, "KMGTPE".charAt(unit));
  }

  private void row(Listing.Entry entry) {
    String slash = entry.isDirectory() ? "/" : "";
    html.append("<tr><td><a href=\"./")
        .append(RequestTarget.encode(entry.name()))
        .append(slash)
        .append("\">")
        .append(escape(entry.name()))
        .append(slash)
        .append("</a></td><td class=\"n\">")
        .append(entry.isDirectory() ? "" : size(entry.byteSize()))
        .append("</td><td class=\"t\">")
        .append(TIME.format(entry.modified()))
        .append("</td><td class=\"m\">");
    entry.residency().ifPresent(this::bar);
    html.append("</td></tr>\n");
  }

  /// Neighbours that are as full as each other become one piece.
  private void bar(Residency residency) {
    long percent =
        residency.byteSize() == 0 ? 0 : 100 * residency.residentBytes() / residency.byteSize();
    html.append("<span class=\"bar\" role=\"img\" aria-label=\"")
        .append(percent)
        .append(" % in memory\">");
    double[] shares = residency.shares(CELLS);
    for (int i = 0; i < shares.length; ) {
      int end = i + 1;
      while (end < shares.length && tenths(shares[end]) == tenths(shares[i])) {
        end++;
      }
      html.append(
          String.format(
              Locale.ROOT,
              "<i style=\"width:%.4g%%;opacity:%.1f\"></i>",
              100.0 * (end - i) / shares.length,
              tenths(shares[i]) / 10.0));
      i = end;
    }
    html.append("</span><span class=\"p\">").append(percent).append(" %</span>");
  }

  private void end(Listing listing) {
    long bytes = listing.entries().stream().mapToLong(Listing.Entry::byteSize).sum();
    html.append("</tbody>\n</table>\n<footer>")
        .append(listing.entries().size())
        .append(listing.isCut() ? " of more" : "")
        .append(listing.entries().size() == 1 ? " entry, " : " entries, ")
        .append(size(bytes))
        .append("</footer>\n</body>\n</html>\n");
  }

  /// Anything that is there is seen.
  private static int tenths(double share) {
    return share == 0 ? 0 : Math.max(1, (int) Math.round(share * 10));
  }

  /// Text as HTML shows it, also inside of quotes.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
