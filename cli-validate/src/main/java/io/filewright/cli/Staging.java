package io.filewright.cli;

import io.filewright.cli.Slot.Need;
import io.filewright.cli.Slot.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One command line on its way into a [StagedFiles].
final class Staging {

  private final List<Slot> slots;
  private final Iterator<Slot> positions;
  private final ValidationRun run = ValidationRun.start();
  private final List<StagedFiles.Word> words = new ArrayList<>();
  private final List<String> owners = new ArrayList<>();
  private final Set<Slot> given = new HashSet<>();
  private int arguments;

  Staging(List<Slot> slots) {
    this.slots = slots;
    this.positions = slots.stream().filter(slot -> slot.shape() == Shape.POSITION).iterator();
  }

  StagedFiles stage(List<String> commandLine) {
    Iterator<String> rest = commandLine.iterator();
    boolean optionsEnded = false;
    while (rest.hasNext()) {
      String word = rest.next();
      if (!optionsEnded && word.equals("--")) {
        optionsEnded = true;
      } else if (!optionsEnded && word.length() > 1 && word.startsWith("-")) {
        option(word, rest);
      } else {
        argument(word);
      }
    }
    for (Slot slot : slots) {
      if (slot.need() == Need.REQUIRED && !given.contains(slot)) {
        refuse(slot.name(), new Place.Named(slot.name()), "", "it is missing", "Give a value");
      }
    }
    return new StagedFiles(run.report(), owners, words);
  }

  private void option(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    Optional<Slot> slot =
        slots.stream()
            .filter(s -> s.shape() == Shape.OPTION || s.shape() == Shape.FLAG)
            .filter(s -> s.name().equals(name))
            .findFirst();
    var place = new Place.Option(name);
    if (slot.isEmpty()) {
      refuse(name, place, word, "there is no such option", "Put `--` before names that begin so");
    } else if (slot.get().shape() == Shape.FLAG) {
      if (equals >= 0) {
        refuse(name, place, word.substring(equals + 1), "it takes no value", "Leave the value out");
      } else {
        take(slot.get(), new Argument(place, "", Optional.empty()));
      }
    } else if (equals >= 0) {
      take(slot.get(), Argument.ofOption(name, word.substring(equals + 1)));
    } else if (rest.hasNext()) {
      take(slot.get(), Argument.ofOption(name, rest.next()));
    } else {
      given.add(slot.get());
      refuse(name, place, "", "its value is missing", "Give a value");
    }
  }

  private void argument(String word) {
    arguments++;
    var argument = Argument.at(arguments, word);
    if (positions.hasNext()) {
      take(positions.next(), argument);
      return;
    }
    slots.stream()
        .filter(slot -> slot.shape() == Shape.REST)
        .findFirst()
        .ifPresentOrElse(
            slot -> take(slot, argument),
            () ->
                refuse(
                    "",
                    argument.place(),
                    word,
                    "there is no place for this argument",
                    "Leave it out"));
  }

  private void take(Slot slot, Argument argument) {
    given.add(slot);
    if (slot.validator().isPresent()) {
      int before = run.size();
      run.add(argument, slot.validator().get());
      for (int i = before; i < run.size(); i++) {
        owners.add(slot.name());
      }
    } else {
      words.add(new StagedFiles.Word(slot.name(), argument.value()));
    }
  }

  private void refuse(String owner, Place place, String value, String cause, String remedy) {
    var argument = new Argument(place, value, Optional.empty());
    var problem = new Problem(Rule.USAGE, cause, remedy);
    run.add(
        new CheckedPath(argument, PathValidator.input(), new Finding.NoPath(), List.of(problem)));
    owners.add(owner);
  }
}
