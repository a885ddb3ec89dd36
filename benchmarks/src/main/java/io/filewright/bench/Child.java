package io.filewright.bench;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// The process of one contender. It says `{"ready":true}`, then answers each line of its standard
/// input with one round's outcome, a line of JSON, until the input ends.
///
/// Arguments: the contender's class, then its `key=value`s. A C contender speaks the same.
public final class Child {

  private Child() {}

  /// Runs the contender that is named first.
  static void main(String[] arguments) throws Exception {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what libraries print is not part of the conversation
    try {
      var type = Class.forName(arguments[0]).asSubclass(Contender.class);
      var words = Arrays.asList(arguments).subList(1, arguments.length);
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true); // contenders are no API of their suite
      try (Contender contender = constructor.newInstance()) {
        contender.prepare(Arguments.parse(words));
        out.println(Json.write(Map.of("ready", true)));
        answer(contender, out);
      }
    } catch (MissingException e) {
      out.println(Json.write(Map.of("missing", String.valueOf(e.getMessage()))));
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      out.println(Json.write(Map.of("missing", "not on the class path: " + e.getMessage())));
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      e.printStackTrace(System.err);
      out.println(Json.write(Map.of("error", e.toString())));
    }
    System.exit(0); // threads of libraries, and parked ones, must not hold the process
  }

  private static void answer(Contender contender, PrintStream out) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      Outcome outcome = contender.run();
      contender.settle();
      out.println(outcome.toJson());
    }
  }
}
