/* Writes a new file down to the disk (mode=map, pwrite), forces dirty pieces of a mapped one
   (mode=msync), or replaces one by another as a whole (mode=replace). */
#include "contender.h"

#define PIECE ((size_t)1 << 20)
#define OPERATIONS 16

static char path[4096];
static size_t size;
static unsigned char *block, *mapped;
static size_t next_piece;

static int create(void) {
  unlink(path);
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) fail("open");
  if (fallocate(fd, 0, 0, size)) fail("fallocate");
  return fd;
}

static unsigned char *map(int fd) {
  void *p = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (p == MAP_FAILED) fail("mmap");
  return p;
}

static void dirty_and_force(size_t piece, int value, uint64_t *nanos) {
  memset(mapped + piece * PIECE, value, PIECE);
  uint64_t start = now();
  if (msync(mapped + piece * PIECE, PIECE, MS_SYNC)) fail("msync");
  *nanos += now() - start;
}

static void prepare(void) {
  size = strtoull(argument("size", "0"), 0, 10);
  mkdir(argument("dir", "."), 0777);
  snprintf(path, sizeof path, "%s/c-%s-%d", argument("dir", "."), argument("mode", ""), getpid());
  block = aligned_alloc(4096, BUFFER);
  memset(block, 'x', BUFFER);
  if (mode_is("msync")) {
    int fd = create();
    mapped = map(fd);
    close(fd);
    uint64_t nanos = 0;
    for (size_t i = 0; i < size / PIECE; i++) dirty_and_force(i, 1, &nanos);
  }
}

static void run_msync(struct outcome *o) {
  o->operations = OPERATIONS;
  o->bytes = OPERATIONS * PIECE;
  o->checksum = 0;
  for (int i = 0; i < OPERATIONS; i++, next_piece++)
    dirty_and_force(next_piece % (size / PIECE), (int)next_piece + 1, &o->nanos);
}

static uint64_t sum_of_file(void) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("open");
  size_t n = size_of(fd);
  unsigned char *p = mmap(0, n, PROT_READ, MAP_SHARED, fd, 0);
  if (p == MAP_FAILED) fail("mmap");
  uint64_t total = sum(p, n);
  munmap(p, n);
  close(fd);
  return total;
}

static void run_new(struct outcome *o) {
  uint64_t start = now();
  int fd = create();
  if (mode_is("map")) {
    unsigned char *p = map(fd);
    for (size_t at = 0; at < size; at += BUFFER) memcpy(p + at, block, BUFFER);
    if (msync(p, size, MS_SYNC)) fail("msync");
    munmap(p, size);
  } else {
    for (size_t at = 0; at < size; at += BUFFER)
      if (pwrite(fd, block, BUFFER, at) != (ssize_t)BUFFER) fail("pwrite");
    if (fsync(fd)) fail("fsync");
  }
  close(fd);
  o->nanos = now() - start;
  o->bytes = size;
  o->checksum = sum_of_file();
  unlink(path);
}

static void replace(void) {
  char temporary[4200];
  snprintf(temporary, sizeof temporary, "%s.new", path);
  int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) fail("open");
  for (size_t at = 0; at < size; at += BUFFER)
    if (write(fd, block, BUFFER) != (ssize_t)BUFFER) fail("write");
  if (fchmod(fd, 0644)) fail("fchmod");
  if (fsync(fd)) fail("fsync");
  if (rename(temporary, path)) fail("rename");
  int folder = open(argument("dir", "."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail("open of the directory");
  if (fsync(folder)) fail("fsync of the directory");
  close(folder);
  close(fd);
}

static void run_replace(struct outcome *o) {
  uint64_t start = now();
  for (int i = 0; i < OPERATIONS; i++) replace();
  o->nanos = now() - start;
  o->operations = OPERATIONS;
  o->bytes = OPERATIONS * size;
  o->checksum = size;
}

static void run(struct outcome *o) {
  if (mode_is("msync")) run_msync(o);
  else if (mode_is("replace")) run_replace(o);
  else run_new(o);
}

int main(int argc, char **argv) { return converse(argc, argv, prepare, run); }
