/* What every contender in C needs: the conversation with the runner (see Child.java), arguments,
   the clock, and the sum that the contenders in Java compute too. Include it first. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHUNK ((size_t)2 << 20)
#define BUFFER ((size_t)256 << 10)

struct outcome {
  uint64_t nanos, operations, bytes, checksum;
  int has_checksum;
};

static int argument_count;
static char **argument_words;

static const char *argument(const char *key, const char *otherwise) {
  size_t length = strlen(key);
  for (int i = 1; i < argument_count; i++)
    if (!strncmp(argument_words[i], key, length) && argument_words[i][length] == '=')
      return argument_words[i] + length + 1;
  return otherwise;
}

static int mode_is(const char *mode) { return !strcmp(argument("mode", ""), mode); }

static void fail(const char *what) {
  perror(what);
  printf("{\"error\":\"%s failed\"}\n", what);
  fflush(stdout);
  exit(1);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * UINT64_C(1000000000) + t.tv_nsec;
}

static void file_path(char *path, size_t size, int i) {
  snprintf(path, size, "%s/f%05d", argument("dir", "."), i);
}

/* Eight words at a time in four independent sums: AVX-512 where there is any. */
typedef uint64_t words __attribute__((vector_size(64), aligned(8), may_alias));

static uint64_t sum(const unsigned char *p, size_t n) {
  words a = {0}, b = {0}, c = {0}, d = {0};
  size_t i = 0;
  for (; i + 256 <= n; i += 256) {
    const words *w = (const words *)(p + i);
    a += w[0];
    b += w[1];
    c += w[2];
    d += w[3];
  }
  a += b + c + d;
  uint64_t total = 0;
  for (int k = 0; k < 8; k++) total += a[k];
  for (; i + 8 <= n; i += 8) {
    uint64_t word;
    memcpy(&word, p + i, 8);
    total += word;
  }
  for (; i < n; i++) total += p[i];
  return total;
}

static uint64_t sum_of_pages(const unsigned char *p, size_t n) {
  uint64_t total = 0;
  for (size_t i = 0; i + 8 <= n; i += 4096) {
    uint64_t word;
    memcpy(&word, p + i, 8);
    total += word;
  }
  return total;
}

static void populate(unsigned char *p, size_t n) {
  for (size_t at = 0; at < n; at += CHUNK)
    if (madvise(p + at, n - at < CHUNK ? n - at : CHUNK, 22 /* MADV_POPULATE_READ */))
      fail("madvise");
}

static size_t size_of(int fd) {
  struct stat st;
  if (fstat(fd, &st)) fail("fstat");
  return (size_t)st.st_size;
}

/* Answers each line of standard input with one round. */
static int converse(int argc, char **argv, void (*prepare)(void),
                    void (*run)(struct outcome *)) {
  argument_count = argc;
  argument_words = argv;
  if (prepare) prepare();
  printf("{\"ready\":true}\n");
  fflush(stdout);
  for (int c; (c = getchar()) != EOF;) {
    if (c != '\n') continue;
    struct outcome o = {0, 1, 0, 0, 1};
    run(&o);
    printf("{\"nanos\":%" PRIu64 ",\"operations\":%" PRIu64 ",\"bytes\":%" PRIu64, o.nanos,
           o.operations, o.bytes);
    if (o.has_checksum) printf(",\"checksum\":\"%" PRIx64 "\"", o.checksum);
    printf("}\n");
    fflush(stdout);
  }
  return 0;
}
