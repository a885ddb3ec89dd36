package io.filewright.bench;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, the first aligned left, the others right.
public final class Table {

  private final List<List<String>> lines = new ArrayList<>();

  public Table(List<String> titles) {
    lines.add(List.copyOf(titles));
  }

  /// A line of cells; one that has fewer cells than the table has columns lets its last one run on.
  public void add(List<String> cells) {
    lines.add(List.copyOf(cells));
  }

  /// The aligned lines, without spaces at their ends.
  public List<String> render() {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      boolean runsOn = line.size() < columns;
      for (int i = 0; i < line.size() - (runsOn ? 1 : 0); i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return lines.stream().map(line -> render(line, widths)).toList();
  }

  private static String render(List<String> line, int[] widths) {
    var out = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      String cell = line.get(i);
      boolean runsOn = line.size() < widths.length && i == line.size() - 1;
      String space = " ".repeat(runsOn ? 0 : widths[i] - cell.length());
      out.append(i == 0 || runsOn ? cell + space : space + cell).append("  ");
    }
    return out.toString().stripTrailing();
  }
}
