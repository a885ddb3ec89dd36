package io.filewright.cli;

/// Where on the command line a value stood.
public sealed interface Place {

  /// For people: `--input`, or `argument 2`.
  String label();

  /// The value of an option.
  ///
  /// @param name as it is written, such as `--input`
  record Option(String name) implements Place {

    @Override
    public String label() {
      return Names.printable(name);
    }
  }

  /// An argument by the name that the program's usage gives it; there is none on the command line.
  ///
  /// @param name such as `FILE`
  record Named(String name) implements Place {

    @Override
    public String label() {
      return Names.printable(name);
    }
  }

  /// An argument that belongs to no option.
  ///
  /// @param number counted from 1, options and their values not counted
  record Position(int number) implements Place {

    @Override
    public String label() {
      return "argument " + number;
    }
  }
}
