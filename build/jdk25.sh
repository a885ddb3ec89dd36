# Finds a JDK 25; read by filewright and mvnw.

is_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in JAVA_VERSION=\"25[.\"]*) return 0 ;; esac
  done <"$1/release"
  return 1
}

# The home of the `java` on the PATH; one that is not a link into a JDK is asked.
home_on_path() {
  found=$(command -v java) || return 0
  real=$(readlink -f "$found" 2>/dev/null) || real=$found
  home=${real%/bin/java}
  if [ -r "$home/release" ]; then
    printf '%s\n' "$home"
  else
    "$found" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

# Sets jdk, or ends the script with one sentence. These are the places of Maven's toolchains plugin on
# Linux and macOS, the PATH and /opt.
find_jdk() {
  for jdk in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$(home_on_path)" /usr/lib/jvm/* /opt/* /opt/java/* \
    /usr/java/* /usr/jdk/* /usr/local/java/* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* "${HOME:-}"/.m2/jdks/* "${HOME:-}"/.gradle/jdks/* \
    "${HOME:-}"/.jenv/versions/* "${HOME:-}"/.jbang/cache/jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_25 "$jdk"; then
      return 0
    fi
  done
  die 'Filewright needs JDK 25: install one, or let JAVA_HOME name it.'
}
