package io.filewright.reactor;

/// Lines of decoded text.
final class TextLines implements Cut<String> {

  private final String text;
  private int at;

  TextLines(String text) {
    this.text = text;
  }

  @Override
  public boolean hasNext() {
    return at < text.length();
  }

  @Override
  public String next() {
    int from = at;
    int found = text.indexOf('\n', from);
    if (found < 0) {
      at = text.length();
      return text.substring(from);
    }
    at = found + 1;
    boolean carriageReturn = found > from && text.charAt(found - 1) == '\r';
    return text.substring(from, carriageReturn ? found - 1 : found);
  }
}
