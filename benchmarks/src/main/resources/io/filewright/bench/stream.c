/* Counts the line feeds of one file, read by pread into a buffer of each thread's own:
   threads=1 or more, each with a part of the file. */
#include "contender.h"
#include <pthread.h>

#define MAX_THREADS 64

struct part {
  size_t from, to;
  uint64_t count;
};

static char path[4096];
static size_t size;
static int fd, threads;

static void prepare(void) {
  threads = atoi(argument("threads", "1"));
  if (threads < 1 || threads > MAX_THREADS) fail("threads");
  file_path(path, sizeof path, 0);
}

static uint64_t line_feeds(const unsigned char *p, size_t n) {
  uint64_t count = 0;
  for (size_t i = 0; i < n; i++) count += p[i] == '\n';
  return count;
}

static void *count(void *argument) {
  struct part *part = argument;
  unsigned char *buffer = aligned_alloc(4096, BUFFER);
  if (!buffer) fail("aligned_alloc");
  for (size_t at = part->from; at < part->to;) {
    size_t left = part->to - at;
    ssize_t n = pread(fd, buffer, left < BUFFER ? left : BUFFER, at);
    if (n <= 0) fail("pread");
    part->count += line_feeds(buffer, n);
    at += n;
  }
  free(buffer);
  return 0;
}

static void run(struct outcome *o) {
  struct part parts[MAX_THREADS];
  pthread_t others[MAX_THREADS];
  uint64_t start = now();
  fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("open");
  size = size_of(fd);
  for (int i = 0; i < threads; i++) {
    parts[i] = (struct part){size / threads * i, i + 1 < threads ? size / threads * (i + 1) : size, 0};
    if (i && pthread_create(&others[i], 0, count, &parts[i])) fail("pthread_create");
  }
  count(&parts[0]);
  o->checksum = parts[0].count;
  for (int i = 1; i < threads; i++) {
    pthread_join(others[i], 0);
    o->checksum += parts[i].count;
  }
  close(fd);
  o->nanos = now() - start;
  o->bytes = size;
}

int main(int argc, char **argv) { return converse(argc, argv, prepare, run); }
