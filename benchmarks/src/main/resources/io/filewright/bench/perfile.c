/* Opens, sums and closes each file; mode=map or mode=read. */
#include "contender.h"

static unsigned char *buffer;

static void prepare(void) {
  buffer = aligned_alloc(4096, BUFFER);
  memset(buffer, 1, BUFFER);
}

static uint64_t one(int i, uint64_t *bytes) {
  char path[4096];
  file_path(path, sizeof path, i);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("open");
  uint64_t total = 0;
  size_t n = size_of(fd);
  *bytes += n;
  if (mode_is("map")) {
    unsigned char *p = mmap(0, n, PROT_READ, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED) fail("mmap");
    for (size_t at = 0; at < n; at += CHUNK) {
      size_t length = n - at < CHUNK ? n - at : CHUNK;
      populate(p + at, length);
      total += sum(p + at, length);
    }
    munmap(p, n);
  } else {
    for (size_t at = 0; at < n;) {
      ssize_t count = pread(fd, buffer, BUFFER, at);
      if (count <= 0) fail("pread");
      total += sum(buffer, count);
      at += count;
    }
  }
  close(fd);
  return total;
}

static void run(struct outcome *o) {
  int count = atoi(argument("count", "1")), repeats = atoi(argument("repeats", "1"));
  uint64_t start = now();
  for (int r = 0; r < repeats; r++)
    for (int i = 0; i < count; i++) o->checksum += one(i, &o->bytes);
  o->nanos = now() - start;
  o->operations = (uint64_t)count * repeats;
}

int main(int argc, char **argv) { return converse(argc, argv, prepare, run); }
