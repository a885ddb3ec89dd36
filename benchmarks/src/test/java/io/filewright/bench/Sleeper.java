package io.filewright.bench;

import java.util.Map;

/// A contender for tests: sums the sizes of the files, or does what it is told wrong.
public final class Sleeper implements Contender {

  private Arguments told = new Arguments(Map.of());

  @Override
  public void prepare(Arguments arguments) throws MissingException {
    told = arguments;
    System.out.println("noise of a library");
    if (told.get("act", "").equals("missing")) {
      throw new MissingException("there is none in this test");
    }
  }

  @Override
  public Outcome run() throws Exception {
    if (told.get("act", "").equals("fail")) {
      throw new IllegalStateException("out of order");
    }
    long start = System.nanoTime();
    Thread.sleep(told.getInt("millis", 1));
    long sum = told.get("act", "").equals("lie") ? 2 : 1;
    return Outcome.of(System.nanoTime() - start, 1, 0, sum);
  }
}
