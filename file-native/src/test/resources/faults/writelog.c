// A file system with one file, `image`, which writes down in what order it is written and flushed, for
// libfuse 3.
//
//   cc -o writelog writelog.c $(pkg-config --cflags --libs fuse3)
//   WRITELOG_IMAGE=/some/image WRITELOG_RECORD=/some/record ./writelog -f -s /mount/point
//
// `image` is the file of that name elsewhere. The record is a sequence of headers of 24 bytes, three
// numbers in the order of this machine's bytes: kind, offset and size, after each write followed by the
// bytes. With -s one request is served after the other, so what stands before a flush is older than it.
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, FLUSH = 2, ZERO = 3 };

static int image, record;

static int append(int64_t kind, int64_t offset, int64_t size, const char *bytes) {
  int64_t header[] = {kind, offset, size};
  struct iovec parts[] = {{header, sizeof header}, {(void *)bytes, bytes ? (size_t)size : 0}};
  ssize_t wanted = (ssize_t)(parts[0].iov_len + parts[1].iov_len);
  return writev(record, parts, 2) == wanted ? 0 : -EIO;
}

static int do_getattr(const char *path, struct stat *status, struct fuse_file_info *info) {
  (void)info;
  if (strcmp(path, "/") == 0) {
    memset(status, 0, sizeof *status);
    status->st_mode = S_IFDIR | 0755;
    status->st_nlink = 2;
    return 0;
  }
  if (strcmp(path, "/image") != 0) return -ENOENT;
  return fstat(image, status) == 0 ? 0 : -errno;
}

static int do_open(const char *path, struct fuse_file_info *info) {
  (void)info;
  return strcmp(path, "/image") == 0 ? 0 : -ENOENT;
}

static int do_read(const char *path, char *buffer, size_t size, off_t offset,
                   struct fuse_file_info *info) {
  (void)path, (void)info;
  ssize_t count = pread(image, buffer, size, offset);
  return count >= 0 ? (int)count : -errno;
}

static int do_write(const char *path, const char *buffer, size_t size, off_t offset,
                    struct fuse_file_info *info) {
  (void)path, (void)info;
  ssize_t count = pwrite(image, buffer, size, offset);
  if (count < 0) return -errno;
  int failure = append(WRITE, offset, count, buffer);
  return failure ? failure : (int)count;
}

// What is here after a crash is decided by the reader of the record, so nothing has to be flushed.
static int do_fsync(const char *path, int data_only, struct fuse_file_info *info) {
  (void)path, (void)data_only, (void)info;
  return append(FLUSH, 0, 0, NULL);
}

static int do_fallocate(const char *path, int mode, off_t offset, off_t size,
                        struct fuse_file_info *info) {
  (void)path, (void)info;
  if (fallocate(image, mode, offset, size) != 0) return -errno;
  return mode & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE) ? append(ZERO, offset, size, NULL) : 0;
}

static const struct fuse_operations operations = {.getattr = do_getattr,
                                                  .open = do_open,
                                                  .read = do_read,
                                                  .write = do_write,
                                                  .fsync = do_fsync,
                                                  .fallocate = do_fallocate};

int main(int count, char **arguments) {
  const char *image_path = getenv("WRITELOG_IMAGE");
  const char *record_path = getenv("WRITELOG_RECORD");
  if (image_path == NULL || record_path == NULL) {
    fprintf(stderr, "WRITELOG_IMAGE and WRITELOG_RECORD are needed\n");
    return 2;
  }
  image = open(image_path, O_RDWR | O_CLOEXEC);
  record = open(record_path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (image < 0 || record < 0) {
    perror("writelog");
    return 2;
  }
  return fuse_main(count, arguments, &operations, NULL);
}
