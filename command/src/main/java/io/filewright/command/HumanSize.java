package io.filewright.command;

/// A number of bytes as people read it, such as `4.0 MiB`.
record HumanSize(long bytes) {

  private static final String UNITS = "KMGTPE";

  @Override
  public String toString() {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    long tenths = ((bytes >>> (10 * (unit - 1))) * 10) >>> 10;
    return tenths / 10 + "." + tenths % 10 + " " + UNITS.charAt(unit - 1) + "iB";
  }
}
