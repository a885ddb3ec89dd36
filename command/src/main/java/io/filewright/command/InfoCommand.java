package io.filewright.command;

import io.filewright.EngineStatus;
import io.filewright.FileRuntime;
import io.filewright.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `filewright info`.
@Command(
    name = "info",
    description =
        "Shows engines and limits, or a file's file system and what can be done with it there.")
final class InfoCommand implements Callable<Integer> {

  private final Streams streams;

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "One JSON object on one line.")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A file: can it be mapped, leased from the kernel, cloned without a copy?")
  private Optional<Path> file = Optional.empty();

  InfoCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var session = Session.start(Optional.empty(), command)) {
      if (file.isPresent()) {
        var printer = new ReportPrinter(streams, json ? OutputFormat.JSON : OutputFormat.TEXT);
        printer.print(0, new FileInfo(session.runtime()).of(file.get()));
        return printer.failures() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
      }
      if (json) {
        streams.line(json(session.runtime()).toString());
      } else {
        print(session.runtime());
      }
    }
    return 0;
  }

  private static JsonObject json(FileRuntime runtime) throws IOException {
    return new JsonObject()
        .put("version", Version.number())
        .put("engine", runtime.engineName())
        .put("engines", FileRuntime.engines().stream().map(InfoCommand::json).toList())
        .put("guards", Arrays.stream(Guard.values()).map(Guard::name).toList())
        .put("pageSize", runtime.pageSize())
        .put("maxRegions", runtime.maxRegions())
        .put("activeRegions", runtime.stats().activeRegions())
        .put("openDescriptors", OpenDescriptors.count(runtime));
  }

  private static JsonObject json(EngineStatus engine) {
    return new JsonObject()
        .put("name", engine.name())
        .put("available", engine.isAvailable())
        .put("reason", engine.unavailable().orElse(null));
  }

  private void print(FileRuntime runtime) throws IOException {
    streams.line("filewright " + Version.number());
    for (EngineStatus engine : FileRuntime.engines()) {
      String used = engine.name().equals(runtime.engineName()) ? ", the default" : "";
      streams.line(
          "engine           "
              + engine.name()
              + engine.unavailable().map(why -> ": cannot run here: " + why).orElse(used));
    }
    streams.line("guards           " + Arrays.toString(Guard.values()).toLowerCase(Locale.ROOT));
    streams.line("page size        " + new HumanSize(runtime.pageSize()));
    streams.line(
        "regions          %d of at most %d"
            .formatted(runtime.stats().activeRegions(), runtime.maxRegions()));
    streams.line("open descriptors " + OpenDescriptors.count(runtime));
  }
}
