// A file system of made-up files that misbehave on demand, for libfuse 3.
//
//   cc -o faultyfs faultyfs.c $(pkg-config --cflags --libs fuse3)
//   FAULTYFS_CONTROL=/some/folder ./faultyfs -f /mount/point
//
// Files: good, bad, slow: FILE_BYTES each, with the content of the tests' own files.
// Faults, as long as a file of this name is in the control folder:
//   eio    reading `bad` from byte BAD_FROM on fails with EIO
//   hang   opening `slow` does not return
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES = 2 << 20, BAD_FROM = 1 << 20, POLL_MICROS = 5000 };

static const char *const names[] = {"good", "bad", "slow"};
static char control[4096];

static int wanted(const char *fault) {
  char path[sizeof control + 16];
  snprintf(path, sizeof path, "%s/%s", control, fault);
  return access(path, F_OK) == 0;
}

static int known(const char *path) {
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(path + 1, names[i]) == 0) return 1;
  }
  return 0;
}

static int do_getattr(const char *path, struct stat *status, struct fuse_file_info *info) {
  (void)info;
  memset(status, 0, sizeof *status);
  if (strcmp(path, "/") == 0) {
    status->st_mode = S_IFDIR | 0755;
    status->st_nlink = 2;
    return 0;
  }
  if (!known(path)) return -ENOENT;
  status->st_mode = S_IFREG | 0444;
  status->st_nlink = 1;
  status->st_size = FILE_BYTES;
  return 0;
}

static int do_open(const char *path, struct fuse_file_info *info) {
  (void)info;
  if (!known(path)) return -ENOENT;
  while (strcmp(path, "/slow") == 0 && wanted("hang")) usleep(POLL_MICROS);
  return 0;
}

static int do_read(const char *path, char *buffer, size_t size, off_t offset,
                   struct fuse_file_info *info) {
  (void)info;
  if (offset >= FILE_BYTES) return 0;
  if (size > (size_t)(FILE_BYTES - offset)) size = FILE_BYTES - offset;
  // A short answer would mean the end of the file, so all of a request fails that touches the range;
  // the kernel then asks page by page.
  if (strcmp(path, "/bad") == 0 && offset + (off_t)size > BAD_FROM && wanted("eio")) return -EIO;
  for (size_t i = 0; i < size; i++) {
    off_t at = offset + (off_t)i;
    buffer[i] = 'a' + (at + at / 4096) % 26;
  }
  return (int)size;
}

static int do_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
                      struct fuse_file_info *info, enum fuse_readdir_flags flags) {
  (void)path, (void)offset, (void)info, (void)flags;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) fill(buffer, names[i], NULL, 0, 0);
  return 0;
}

static const struct fuse_operations operations = {
    .getattr = do_getattr, .open = do_open, .read = do_read, .readdir = do_readdir};

int main(int count, char **arguments) {
  const char *folder = getenv("FAULTYFS_CONTROL");
  if (folder == NULL || realpath(folder, control) == NULL) {
    fprintf(stderr, "FAULTYFS_CONTROL names no folder\n");
    return 2;
  }
  return fuse_main(count, arguments, &operations, NULL);
}
