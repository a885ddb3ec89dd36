/* Goes through one file that is opened, mapped and populated beforehand:
   mode=map, bytes, search or read. */
#include "contender.h"

static unsigned char *mapped, *buffer;
static size_t size;
static int fd;

static void prepare(void) {
  char path[4096];
  file_path(path, sizeof path, 0);
  fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("open");
  size = size_of(fd);
  if (mode_is("read")) {
    buffer = aligned_alloc(4096, BUFFER);
    memset(buffer, 1, BUFFER);
    return;
  }
  mapped = mmap(0, size, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) fail("mmap");
  populate(mapped, size);
}

static uint64_t sum_of_bytes(void) {
  uint64_t total = 0;
  for (size_t i = 0; i < size; i++) total += mapped[i];
  return total;
}

static uint64_t sum_of_reads(void) {
  uint64_t total = 0;
  for (size_t at = 0; at < size;) {
    ssize_t count = pread(fd, buffer, BUFFER, at);
    if (count <= 0) fail("pread");
    total += sum(buffer, count);
    at += count;
  }
  return total;
}

static uint64_t search(void) {
  unsigned char *found = memmem(mapped, size, "\001needle", 7);
  return found ? (uint64_t)(found - mapped) : UINT64_MAX;
}

static void run(struct outcome *o) {
  uint64_t start = now();
  o->checksum = mode_is("read")     ? sum_of_reads()
                : mode_is("bytes")  ? sum_of_bytes()
                : mode_is("search") ? search()
                                    : sum(mapped, size);
  o->nanos = now() - start;
  o->bytes = size;
}

int main(int argc, char **argv) { return converse(argc, argv, prepare, run); }
