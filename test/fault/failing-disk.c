/*
 * A disk that can be full, fail to sync, and lose its power, under one file and what SQLite keeps beside it. Preloaded into
 * a server; tests turn it by files in DISK_PANEL: `full`, `sync-fails`, `dies-at-sync`. It keeps in `<name>.disk` what has really
 * reached the disk, and in `<name>.dirty` one byte per page that has not: after a failed sync the pages count as clean and
 * are lost, as Linux has it. Every failure adds one byte to `failures`.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096, MOST_PAGES = 1 << 20, MOST_FILES = 16 };

struct file {
  char name[NAME_MAX];
  int disk;
  unsigned char *dirty;
};

static struct file files[MOST_FILES];
static int known;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static const char *panel(void) { return getenv("DISK_PANEL"); }
static const char *watched(void) { return getenv("DISK_FILE"); }

static void named(char *out, const char *name, const char *end) {
  snprintf(out, PATH_MAX, "%s/%s%s", panel(), name, end);
}

static int is_on(const char *turned) {
  char path[PATH_MAX];
  named(path, turned, "");
  return access(path, F_OK) == 0;
}

/* The system call itself: libc's functions are ours here. */
static ssize_t really_pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return syscall(SYS_pwrite64, fd, bytes, count, at);
}

static int fails(int reason) {
  char path[PATH_MAX];
  named(path, "failures", "");
  int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd >= 0) {
    syscall(SYS_write, fd, ".", 1);
    close(fd);
  }
  errno = reason;
  return -1;
}

static void copy_page(int from, int to, off_t page) {
  char bytes[PAGE];
  ssize_t count = pread(from, bytes, PAGE, page * PAGE);
  if (count > 0) really_pwrite(to, bytes, (size_t)count, page * PAGE);
}

/* What lies there when a file is first seen has reached the disk long ago, unless a process before has kept account of it. */
static struct file *remember(int fd, const char *name, const struct stat *seen) {
  if (known == MOST_FILES || strlen(name) >= NAME_MAX) abort();
  char disk[PATH_MAX], dirty[PATH_MAX];
  named(disk, name, ".disk");
  named(dirty, name, ".dirty");
  int is_new = access(disk, F_OK) != 0;
  struct file *file = &files[known++];
  strcpy(file->name, name);
  file->disk = open(disk, O_RDWR | O_CREAT, 0600);
  int state = open(dirty, O_RDWR | O_CREAT, 0600);
  if (file->disk < 0 || state < 0 || syscall(SYS_ftruncate, state, MOST_PAGES) != 0) abort();
  file->dirty = mmap(NULL, MOST_PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, state, 0);
  if (file->dirty == MAP_FAILED) abort();
  close(state);
  if (is_new) for (off_t page = 0; page * PAGE < seen->st_size; page++) copy_page(fd, file->disk, page);
  return file;
}

/* Null for every file that is not ours; -shm is memory, and never was on a disk. */
static struct file *file_of(int fd, struct stat *seen) {
  if (!panel() || !watched() || fstat(fd, seen) != 0 || !S_ISREG(seen->st_mode)) return NULL;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return NULL;
  path[length] = '\0';
  if (strncmp(path, watched(), strlen(watched())) != 0 || strstr(path, "-shm") || strstr(path, ".draft")) return NULL;
  const char *name = strrchr(path, '/') + 1;
  for (int i = 0; i < known; i++)
    if (strcmp(files[i].name, name) == 0) return &files[i];
  return remember(fd, name, seen);
}

/* A file that is gone is gone from the disk too, and its name may come again. */
int unlink(const char *path) {
  const char *slash = strrchr(path, '/');
  pthread_mutex_lock(&turn);
  for (int i = 0; slash && panel() && watched() && strncmp(path, watched(), strlen(watched())) == 0 && i < known; i++) {
    if (strcmp(files[i].name, slash + 1) != 0) continue;
    char disk[PATH_MAX];
    named(disk, slash + 1, ".disk");
    syscall(SYS_unlink, disk);
    memset(files[i].dirty, 0, MOST_PAGES);
    close(files[i].disk);
    munmap(files[i].dirty, MOST_PAGES);
    files[i] = files[--known];
  }
  int outcome = (int)syscall(SYS_unlink, path);
  pthread_mutex_unlock(&turn);
  return outcome;
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t at, struct file *file, off_t size) {
  if (is_on("full") && at + (off_t)count > size) {
    /* Room that the file has already is still its own. */
    if (at >= size) return fails(ENOSPC);
    count = (size_t)(size - at);
  }
  ssize_t written = really_pwrite(fd, bytes, count, at);
  for (off_t page = at / PAGE; written > 0 && page <= (at + written - 1) / PAGE; page++) file->dirty[page] = 1;
  return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
  struct stat seen;
  pthread_mutex_lock(&turn);
  struct file *file = file_of(fd, &seen);
  ssize_t written = file ? write_at(fd, bytes, count, at, file, seen.st_size) : really_pwrite(fd, bytes, count, at);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

ssize_t write(int fd, const void *bytes, size_t count) {
  struct stat seen;
  pthread_mutex_lock(&turn);
  struct file *file = file_of(fd, &seen);
  ssize_t written = -1;
  if (file) {
    off_t at = lseek(fd, 0, SEEK_CUR);
    written = write_at(fd, bytes, count, at, file, seen.st_size);
    if (written > 0) lseek(fd, at + written, SEEK_SET);
  }
  pthread_mutex_unlock(&turn);
  /* Outside the lock: writing to a pipe may wait. */
  return file ? written : syscall(SYS_write, fd, bytes, count);
}

int ftruncate64(int fd, off_t length) {
  struct stat seen;
  pthread_mutex_lock(&turn);
  struct file *file = file_of(fd, &seen);
  int outcome = file && is_on("full") && length > seen.st_size ? fails(ENOSPC) : (int)syscall(SYS_ftruncate, fd, length);
  if (file && outcome == 0) syscall(SYS_ftruncate, file->disk, length);
  pthread_mutex_unlock(&turn);
  return outcome;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int sync_file(int fd, long call) {
  struct stat seen;
  pthread_mutex_lock(&turn);
  struct file *file = file_of(fd, &seen);
  /* Half-way through a merge into the file itself. */
  if (file && is_on("dies-at-sync") && !strstr(file->name, "-wal")) kill(getpid(), SIGKILL);
  int is_failing = file && is_on("sync-fails");
  for (off_t page = 0; file && page * PAGE < seen.st_size; page++) {
    if (!file->dirty[page]) continue;
    if (!is_failing) copy_page(fd, file->disk, page);
    file->dirty[page] = 0;
  }
  int outcome = is_failing ? fails(EIO) : (int)syscall(call, fd);
  pthread_mutex_unlock(&turn);
  return outcome;
}

int fsync(int fd) { return sync_file(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }
