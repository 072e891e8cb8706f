/*
 * Records the sequence numbers (see load.c) that a tracer reports, in their
 * order, with the time.
 *
 *   observer TAG SIGHTINGS lines     reads lines from standard input
 *   observer TAG SIGHTINGS http [MILLIS]
 *                                    is a backend that accepts every POST
 *
 * The backend answers one request after the other, each after MILLIS ms. It
 * prints its port, and ends when standard input ends.
 *
 * In a line or in the body of a request, the digits after the first TAG are the
 * number. SIGHTINGS is a file of 64-bit words: the count of sightings, then the
 * number and the time (CLOCK_MONOTONIC, nanoseconds) of each. Another process
 * can map it at any time.
 *
 * It is written in C, so that it takes little processor time from the programs
 * that are measured at the same time.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SIGHTINGS_MAX (1 << 22)
#define CONNECTIONS_MAX 1024
#define BUFFER_SIZE (256 * 1024)

struct sightings {
  uint64_t count;
  struct {
    uint64_t number;
    uint64_t at_ns;
  } seen[SIGHTINGS_MAX];
};

/* Bytes of a connection that are not parsed yet. */
struct buffer {
  size_t used;
  char data[BUFFER_SIZE];
};

static const char *tag;
static long answer_after_ms;
static struct sightings *sightings;

static uint64_t now(void) {
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void note(const char *text, size_t size, uint64_t at_ns) {
  const char *found = memmem(text, size, tag, strlen(tag));
  uint64_t number = 0;

  if (!found || sightings->count == SIGHTINGS_MAX)
    return;
  for (const char *c = found + strlen(tag);
       c < text + size && *c >= '0' && *c <= '9'; c++)
    number = number * 10 + (*c - '0');
  sightings->seen[sightings->count].number = number;
  sightings->seen[sightings->count].at_ns = at_ns;
  __atomic_store_n(&sightings->count, sightings->count + 1, __ATOMIC_RELEASE);
}

static void map_sightings(const char *file) {
  int fd = open(file, O_RDWR | O_CREAT | O_TRUNC, 0644);

  if (fd < 0 || ftruncate(fd, sizeof(*sightings)))
    err(1, "%s", file);
  sightings =
      mmap(NULL, sizeof(*sightings), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (sightings == MAP_FAILED)
    err(1, "map %s", file);
  close(fd);
}

/* Reads available bytes; 0 at the end of the input. Drops the content of a full
 * buffer: it has no complete line or request. */
static ssize_t fill(struct buffer *b, int fd) {
  if (b->used == BUFFER_SIZE)
    b->used = 0;

  ssize_t size = read(fd, b->data + b->used, BUFFER_SIZE - b->used);
  if (size > 0)
    b->used += size;
  return size;
}

static void drop(struct buffer *b, size_t size) {
  b->used -= size;
  memmove(b->data, b->data + size, b->used);
}

/* ---- lines
 * --------------------------------------------------------------------------------------
 */

static void take_lines(struct buffer *b) {
  uint64_t at_ns = now();
  char *start = b->data, *end;

  while ((end = memchr(start, '\n', b->data + b->used - start))) {
    note(start, end - start, at_ns);
    start = end + 1;
  }
  drop(b, start - b->data);
}

static void observe_lines(void) {
  static struct buffer input;
  ssize_t size;

  while ((size = fill(&input, STDIN_FILENO)) > 0 ||
         (size < 0 && errno == EINTR)) {
    if (size > 0)
      take_lines(&input);
  }
}

/* ---- HTTP
 * ---------------------------------------------------------------------------------------
 */

static const char answer[] = "HTTP/1.1 200 OK\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: 20\r\n"
                             "\r\n"
                             "{\"status\":\"success\"}";

/* Takes a complete request and returns its size; 0 if it is incomplete. */
static size_t take_request(struct buffer *b) {
  static const char length_name[] = "\r\ncontent-length:";
  char *end = memmem(b->data, b->used, "\r\n\r\n", 4);

  if (!end)
    return 0;
  *end = '\0'; /* restored below: the request may still be incomplete */
  char *length = strcasestr(b->data, length_name);
  size_t head_size = end + 4 - b->data;
  size_t body_size =
      length ? strtoul(length + strlen(length_name), NULL, 10) : 0;
  *end = '\r';
  if (b->used < head_size + body_size)
    return 0;
  note(b->data + head_size, body_size, now());
  return head_size + body_size;
}

static int listen_on_loopback(void) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  int fd = socket(AF_INET, SOCK_STREAM, 0);

  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
      listen(fd, 128) || getsockname(fd, (struct sockaddr *)&address, &size))
    err(1, "listen");
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event))
    err(1, "watch a file descriptor");
}

static struct buffer *buffers[CONNECTIONS_MAX];

static void accept_connection(int epoll, int listener) {
  int fd = accept(listener, NULL, NULL);
  int on = 1;

  if (fd < 0)
    return;
  if (fd >= CONNECTIONS_MAX)
    errx(1, "more than %d connections", CONNECTIONS_MAX);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  if (!buffers[fd])
    buffers[fd] = malloc(sizeof(struct buffer));
  if (!buffers[fd])
    err(1, "a buffer");
  buffers[fd]->used = 0;
  watch(epoll, fd);
}

static void serve(int fd) {
  struct buffer *b = buffers[fd];
  size_t request;

  if (fill(b, fd) <= 0) {
    close(fd);
    return;
  }
  while ((request = take_request(b)) > 0) {
    drop(b, request);
    struct timespec wait = {.tv_sec = answer_after_ms / 1000,
                            .tv_nsec = answer_after_ms % 1000 * 1000000};
    if (answer_after_ms > 0)
      nanosleep(&wait, NULL);
    if (send(fd, answer, strlen(answer), MSG_NOSIGNAL) < 0) {
      close(fd);
      return;
    }
  }
}

static void observe_requests(void) {
  struct epoll_event events[64];
  int listener = listen_on_loopback();
  int epoll = epoll_create1(0);
  char ignored;

  watch(epoll, listener);
  watch(epoll, STDIN_FILENO);
  for (;;) {
    int ready = epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener)
        accept_connection(epoll, listener);
      else if (fd != STDIN_FILENO)
        serve(fd);
      else if (read(STDIN_FILENO, &ignored, 1) <= 0)
        return;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 4 || argc > 5)
    errx(64, "usage: observer TAG SIGHTINGS lines|http [MILLIS]");
  if (argc == 5)
    answer_after_ms = strtol(argv[4], NULL, 10);
  tag = argv[1];
  map_sightings(argv[2]);
  if (!strcmp(argv[3], "lines"))
    observe_lines();
  else
    observe_requests();
  return 0;
}
