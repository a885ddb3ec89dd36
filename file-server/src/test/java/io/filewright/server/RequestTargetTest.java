package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

  @Test
  void takesNamesApart() {
    assertThat(RequestTarget.parse("/a%20b/%C3%A4?q=/#f"))
        .contains(new RequestTarget(List.of("a b", "ä"), false));
    assertThat(RequestTarget.parse("http://host:80/a/")).contains(directory("a"));
    assertThat(RequestTarget.parse("http://host")).contains(directory());
    assertThat(RequestTarget.parse("HTTPS://host/a/?x=http://b/c")).contains(directory("a"));
    assertThat(RequestTarget.parse("/")).contains(directory());
    assertThat(RequestTarget.parse("/%41%7e")).contains(new RequestTarget(List.of("A~"), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a",
        "ftp://host/a",
        "http://host?x=/a",
        "http://host#/a",
        "http:///a",
        "http:/a",
        "//a",
        "/a//b",
        "/..",
        "/../a",
        "/a/../b",
        "/.",
        "/./a",
        "/%2e%2e/a",
        "/.git",
        "/a%2fb",
        "/a%5cb",
        "/a%00",
        "/a%0a",
        "/%",
        "/%4",
        "/%zz",
        "/%ff",
        "/%c3",
        "/%+1",
        "/a\u00e4"
      })
  void refusesWhatIsNoName(String target) {
    assertThat(RequestTarget.parse(target)).isEmpty();
  }

  @Test
  void writesWhatItReads() {
    var target = new RequestTarget(List.of("a?#%", "<ä>"), true);
    assertThat(target.uri()).isEqualTo("/a%3F%23%25/%3C%C3%A4%3E/");
    assertThat(RequestTarget.parse(target.uri())).contains(target);
  }

  private static RequestTarget directory(String... names) {
    return new RequestTarget(List.of(names), true);
  }
}
