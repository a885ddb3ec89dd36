package io.filewright.command;

import io.filewright.Guard;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `filewright open`.
@Command(
    name = "open",
    description = "Opens files asynchronously, all at once, and says what becomes of each.")
final class OpenCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin private FileOptions files = new FileOptions();
  @Mixin private ContentOptions content = new ContentOptions();

  @Option(
      names = "--prefault",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "What is brought in before a file is ready: none, head (2 MiB), all, or auto (the"
              + " default): all of up to 8 MiB, else the head.")
  private Prefault prefault = Prefault.AUTO;

  @Option(
      names = "--guard",
      paramLabel = "HOW",
      defaultValue = "checked",
      description = "What protects against truncation: checked (the default), none.")
  private Guard guard = Guard.CHECKED;

  @Option(
      names = "--advice",
      paramLabel = "HOW",
      defaultValue = "normal",
      converter = AdviceArgument.class,
      description = "How it is going to be used: normal (the default), sequential, random, ...")
  private MmapAdvice advice = MmapAdvice.NORMAL;

  OpenCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    return files.run(
        streams,
        (session, visits, mailbox) ->
            new OpenTask(
                new OpenReports(session, guard), visits, options(), content, changes(mailbox)));
  }

  private OpenOptions<MmapRegion> options() {
    return OpenOptions.readOnly().withPrefault(prefault).withGuard(guard).withAdvice(advice);
  }

  /// Where state changes go: only people want to see each of them.
  private Optional<Consumer<String>> changes(Mailbox mailbox) {
    return switch (files.format()) {
      case TEXT -> Optional.of(line -> mailbox.execute(() -> streams.line(line)));
      case JSON -> Optional.empty();
    };
  }
}
