#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <malloc.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// The part of libcurl's binary interface (soname 4, kept since 2006) that keyusher-net uses, declared here so that a clone
// builds without libcurl's development package. Source of names and numbers: <curl/curl.h> and <curl/easy.h> of 7.88.1.

typedef struct kc_handle kc_handle;
typedef struct kc_share kc_share;

struct curl_slist {
  char *data;
  struct curl_slist *next;
};

struct curl_sockaddr {
  int family;
  int socktype;
  int protocol;
  unsigned int addrlen;
  struct sockaddr addr;
};

typedef size_t (*kc_receive)(char *bytes, size_t size, size_t count, void *context);
typedef int (*kc_open_socket)(void *context, int purpose, struct curl_sockaddr *address);

int curl_global_init_mem(long flags, void *(*allocate)(size_t), void (*release)(void *),
                         void *(*reallocate)(void *, size_t), char *(*duplicate)(const char *),
                         void *(*allocate_zeroed)(size_t, size_t));
kc_handle *curl_easy_init(void);
int curl_easy_setopt(kc_handle *handle, int option, ...);
int curl_easy_perform(kc_handle *handle);
int curl_easy_getinfo(kc_handle *handle, int info, ...);
void curl_easy_cleanup(kc_handle *handle);
kc_share *curl_share_init(void);
int curl_share_setopt(kc_share *share, int option, ...);
int curl_share_cleanup(kc_share *share);
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text);
void curl_slist_free_all(struct curl_slist *list);

enum {
  KC_GLOBAL_ALL = 3,
  KC_SOCKET_BAD = -1,
  KC_HTTP = 1,
  KC_HTTPS = 2,
  KC_HTTP_1_1 = 2,
  KC_TLS_1_2 = 6,
  KC_SHARE_ADD = 1,
  KC_SHARED_CONNECTIONS = 5,
};

// Options; above 10000 they take a pointer, above 20000 a function.
typedef enum {
  KC_POST_FIELD_SIZE = 60,
  KC_HTTP_VERSION = 84,
  KC_NO_SIGNAL = 99,
  KC_TIMEOUT_MS = 155,
  KC_PROTOCOLS = 181,
  KC_SSL_VERSION = 32,
  KC_DISALLOW_USERNAME = 278,
  KC_WRITE_CONTEXT = 10001,
  KC_URL = 10002,
  KC_PROXY = 10004,
  KC_POST_FIELDS = 10015,
  KC_HEADERS = 10023,
  KC_HEADER_CONTEXT = 10029,
  KC_METHOD = 10036,
  KC_CA_FILE = 10065,
  KC_CA_FOLDER = 10097,
  KC_SHARE = 10100,
  KC_OPEN_SOCKET_CONTEXT = 10164,
  KC_UNIX_SOCKET = 10231,
  KC_WRITE_FUNCTION = 20011,
  KC_HEADER_FUNCTION = 20079,
  KC_OPEN_SOCKET_FUNCTION = 20163,
} kc_option;

enum {
  KC_INFO_CONTENT_TYPE = 0x100012,
  KC_INFO_REDIRECT = 0x10001F,
  KC_INFO_STATUS = 0x200002,
  KC_INFO_TUNNEL_STATUS = 0x200016,
  // In microseconds from the start.
  KC_INFO_SENDS_AT = 0x600035,
  KC_INFO_FIRST_BYTE_AT = 0x600036,
  // In seconds.
  KC_INFO_RETRY_AFTER = 0x600039,
};

// Swift calls no function of variable arguments.

static inline int kc_set_number(kc_handle *handle, kc_option option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline int kc_set_pointer(kc_handle *handle, kc_option option, const void *value) {
  return curl_easy_setopt(handle, option, value);
}

// A share that keeps connections open from one handle to the next; NULL if there is none. One thread alone may use it.
static inline kc_share *kc_share_connections(void) {
  kc_share *share = curl_share_init();
  if (share && curl_share_setopt(share, KC_SHARE_ADD, KC_SHARED_CONNECTIONS) != 0) {
    curl_share_cleanup(share);
    share = NULL;
  }
  return share;
}

static inline int kc_set_receiver(kc_handle *handle, kc_option option, kc_receive function) {
  return curl_easy_setopt(handle, option, function);
}

static inline int kc_set_open_socket(kc_handle *handle, kc_open_socket function) {
  return curl_easy_setopt(handle, KC_OPEN_SOCKET_FUNCTION, function);
}

static inline long kc_number(kc_handle *handle, int info) {
  long number = 0;
  return curl_easy_getinfo(handle, info, &number) == 0 ? number : 0;
}

static inline int64_t kc_long_number(kc_handle *handle, int info) {
  int64_t number = 0;
  return curl_easy_getinfo(handle, info, &number) == 0 ? number : 0;
}

// A text that belongs to the handle; NULL if there is none.
static inline const char *kc_text(kc_handle *handle, int info) {
  char *text = NULL;
  return curl_easy_getinfo(handle, info, &text) == 0 ? text : NULL;
}

// Whether an address that libcurl is about to connect to is this computer's own.
static inline int kc_is_loopback(const struct curl_sockaddr *address) {
  if (address->family == AF_INET)
    return ntohl(((const struct sockaddr_in *)&address->addr)->sin_addr.s_addr) >> 24 == 127;
  if (address->family == AF_INET6)
    return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)&address->addr)->sin6_addr);
  return 0;
}

static inline int kc_is_local_socket(const struct curl_sockaddr *address) { return address->family == AF_UNIX; }

// The port that libcurl is about to connect to: the server's, or a proxy's.
static inline int kc_port(const struct curl_sockaddr *address) {
  if (address->family == AF_INET) return ntohs(((const struct sockaddr_in *)&address->addr)->sin_port);
  if (address->family == AF_INET6) return ntohs(((const struct sockaddr_in6 *)&address->addr)->sin6_port);
  return 0;
}

static inline void kc_release(void *place) {
  if (place) explicit_bzero(place, malloc_usable_size(place));
  free(place);
}

static inline void *kc_reallocate(void *place, size_t count) {
  void *other = malloc(count);
  if (!place || !other) return other;
  size_t held = malloc_usable_size(place);
  memcpy(other, place, held < count ? held : count);
  kc_release(place);
  return other;
}

// Starts libcurl with memory that is wiped before it is given back: headers and bodies pass through it.
static inline int kc_start(void) {
  return curl_global_init_mem(KC_GLOBAL_ALL, malloc, kc_release, kc_reallocate, strdup, calloc);
}

#endif
