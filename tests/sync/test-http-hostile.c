/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exchanges with servers that mean harm or have lost their senses: each ends, soon, with a reply or one error. */
#include "sync/hall-http.h"

#include "raw-service.h"

#include <string.h>

#define TOKEN "hall-canary.token_1"
#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define IS_REPLY (-1)
#define IS_ANY (-2) /* a reply or an error: only that it ends matters */

#define LINE "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[" /* 64 bytes */
#define BLOCK LINE LINE LINE LINE LINE LINE LINE LINE                        /* 0x200 bytes */
#define GZIP_HEAD "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"

typedef struct {
  const char *name;
  const char *bytes;
  gssize      length; /* -1 for a text */
  int         code;   /* of a HallSyncError, or as above */
  guint       status; /* of the reply */
} Answer;

#define TEXT(text) text, -1
#define BYTES(text) text, sizeof (text) - 1

static const Answer answers[] = {
  { "nothing", TEXT (""), HALL_SYNC_ERROR_OFFLINE },
  { "half-a-status-line", TEXT ("HTTP/1.1 20"), HALL_SYNC_ERROR_NONSENSE },
  { "half-a-head", TEXT ("HTTP/1.1 200 OK\r\nContent-Ty"), HALL_SYNC_ERROR_NONSENSE },
  { "half-a-body", TEXT (OK "Content-Length: 100\r\n\r\n{\"serv"), HALL_SYNC_ERROR_OFFLINE },
  { "half-a-chunk", TEXT (OK "Transfer-Encoding: chunked\r\n\r\n40\r\n{\"serv"), HALL_SYNC_ERROR_OFFLINE },
  { "another-protocol", TEXT ("SSH-2.0-Server\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "noise", BYTES ("\x16\x03\x01\x02\x00\x01\x00\x00\xfc\x03\x03\x00\xff\n\n\n\r\n\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "only-a-page", TEXT ("<html><body>Hello</body></html>\r\n\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "another-version", TEXT ("HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}"), IS_ANY },
  { "no-status", TEXT ("HTTP/1.1 OK\r\n\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "status-0", TEXT ("HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "status-99", TEXT ("HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "status-999", TEXT ("HTTP/1.1 999 High\r\nContent-Length: 0\r\n\r\n"), IS_REPLY, 999 },
  { "status-of-ten-digits", TEXT ("HTTP/1.1 2000000000 Long\r\nContent-Length: 0\r\n\r\n"), HALL_SYNC_ERROR_NONSENSE },
  { "switched-protocol", TEXT ("HTTP/1.1 101 Switching\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\nzzz"), IS_ANY },
  { "length-too-small", TEXT (OK "Content-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n"), IS_REPLY, 200 },
  { "length-negative", TEXT (OK "Content-Length: -5\r\n\r\n{}"), HALL_SYNC_ERROR_NONSENSE },
  { "length-beyond-64-bits", TEXT (OK "Content-Length: 99999999999999999999999\r\n\r\n{}"), IS_ANY },
  { "length-of-exabytes", TEXT (OK "Content-Length: 9223372036854775807\r\n\r\n{}"), HALL_SYNC_ERROR_NONSENSE },
  { "two-lengths", TEXT (OK "Content-Length: 2\r\nContent-Length: 50\r\n\r\n{}"), IS_ANY },
  { "length-and-chunks", TEXT (OK "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"), IS_REPLY, 200 },
  { "chunk-of-exabytes", TEXT (OK "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}"), IS_ANY },
  { "chunk-negative", TEXT (OK "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n"), IS_ANY },
  { "chunk-without-size", TEXT (OK "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), IS_ANY },
  { "unknown-transfer", TEXT (OK "Transfer-Encoding: rot13\r\n\r\n{}"), IS_ANY },
  { "gzip-that-is-none", TEXT (OK "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"), IS_ANY },
  { "gzip-cut-short", BYTES (OK "Content-Encoding: gzip\r\n\r\n" GZIP_HEAD "\xab\xae"), IS_ANY },
  { "deflate-that-is-none", TEXT (OK "Content-Encoding: deflate\r\nContent-Length: 2\r\n\r\n{}"), IS_ANY },
  { "brotli-that-is-none", BYTES (OK "Content-Encoding: br\r\nContent-Length: 4\r\n\r\n\xff\xff\xff\xff"), IS_ANY },
  { "unknown-encoding", TEXT (OK "Content-Encoding: rot13\r\nContent-Length: 2\r\n\r\n{}"), IS_REPLY, 200 },
  { "head-with-nul", BYTES (OK "X-Odd: a\0b\r\nContent-Length: 2\r\n\r\n{}"), IS_ANY },
  { "head-not-utf8", BYTES (OK "ETag: \"\xff\xfe\"\r\nContent-Length: 2\r\n\r\n{}"), IS_REPLY, 200 },
  { "head-without-colon", TEXT (OK "What is this\r\nContent-Length: 2\r\n\r\n{}"), IS_ANY },
  { "head-folded", TEXT (OK "X-Odd: a\r\n b\r\n\tc\r\nContent-Length: 2\r\n\r\n{}"), IS_REPLY, 200 },
  { "type-is-nonsense", TEXT ("HTTP/1.1 200 OK\r\nContent-Type: ;;;=\"\r\nContent-Length: 2\r\n\r\n{}"), IS_REPLY, 200 },
  { "asks-for-a-password", TEXT ("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"), IS_REPLY, 401 },
  { "leads-to-itself", TEXT ("HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"), IS_REPLY, 302 },
  { "leads-nowhere", TEXT ("HTTP/1.1 308 Moved\r\nLocation: \r\nContent-Length: 0\r\n\r\n"), IS_REPLY, 308 },
  { "leads-to-a-file", TEXT ("HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"), IS_REPLY, 301 },
};

static HallReply *
get_within (const char  *url,
            guint        deadline,
            GError     **error)
{
  g_autoptr (HallHttp)    http = NULL;
  g_autoptr (HallRequest) request = hall_request_new ("GET", "/page");

  http = hall_http_new (url, TOKEN, deadline, error);
  g_assert_nonnull (http);

  return hall_http_exchange (http, request, NULL, error);
}

static void
assert_says_nothing_secret (const GError *error)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, TOKEN));
}

static void
test_answer (gconstpointer data)
{
  const Answer          *answer = data;
  g_autoptr (RawService) service = raw_service_new (NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallReply)  reply = NULL;

  /* libsoup itself complains of a length below zero, and goes on. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  raw_service_say (service, answer->bytes, answer->length);
  reply = get_within (raw_service_get_url (service), 30, &error);

  if (answer->code == IS_REPLY) {
    g_assert_no_error (error);
    g_assert_cmpuint (reply->status, ==, answer->status);
    g_assert_cmpuint (raw_service_count_requests (service), ==, 1);
    return;
  }

  g_assert_true ((reply != NULL) != (error != NULL));
  g_test_message ("%s", error != NULL ? error->message : "a reply");
  if (answer->code != IS_ANY) {
    g_assert_null (reply);
    g_assert_error (error, HALL_SYNC_ERROR, answer->code);
  }
  if (error != NULL) {
    g_assert_true (error->domain == HALL_SYNC_ERROR);
    assert_says_nothing_secret (error);
  }
}

static const struct {
  const char *name;
  const char *begin;
  const char *more;
  guint       pause;    /* milliseconds */
  guint       deadline; /* seconds; long where it is not what ends it */
  int         code;
} endless[] = {
  { "status-line", "HTTP/1.1 200 ", "OK and ", 0, 30, HALL_SYNC_ERROR_OFFLINE },
  { "head", "HTTP/1.1 200 OK\r\n", "X-More: of the same, which is a lot to keep in mind\r\n", 0, 30, HALL_SYNC_ERROR_OFFLINE },
  { "head-line", "HTTP/1.1 200 OK\r\nX-More: ", "of the same ", 0, 30, HALL_SYNC_ERROR_OFFLINE },
  { "body", OK "\r\n[", BLOCK, 0, 30, HALL_SYNC_ERROR_NONSENSE },
  { "chunks", OK "Transfer-Encoding: chunked\r\n\r\n", "200\r\n" BLOCK "\r\n", 0, 30, HALL_SYNC_ERROR_NONSENSE },
  { "chunk-size", OK "Transfer-Encoding: chunked\r\n\r\n", "0000000000000000", 0, 1, HALL_SYNC_ERROR_OFFLINE },
  { "trailer", OK "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-More: of the same\r\n", 0, 1, IS_ANY },
  { "not-yet", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n", 1, 1, HALL_SYNC_ERROR_OFFLINE },
  { "drip", OK "Content-Length: 100000\r\n\r\n", " ", 50, 1, HALL_SYNC_ERROR_OFFLINE },
  { "drip-of-head", "HTTP/1.1 200 OK\r\nX: ", "y", 50, 1, HALL_SYNC_ERROR_OFFLINE },
  { "silence", OK "Content-Length: 10\r\n\r\n{", "", 50, 1, HALL_SYNC_ERROR_OFFLINE },
};

static void
test_endless (gconstpointer data)
{
  gsize                  i = GPOINTER_TO_SIZE (data);
  g_autoptr (RawService) service = raw_service_new (NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallReply)  reply = NULL;

  raw_service_say (service, endless[i].begin, -1);
  raw_service_go_on (service, endless[i].more, endless[i].pause);
  reply = get_within (raw_service_get_url (service), endless[i].deadline, &error);

  g_test_message ("%s", error != NULL ? error->message : "a reply");
  if (endless[i].code == IS_ANY)
    return;
  g_assert_null (reply);
  g_assert_error (error, HALL_SYNC_ERROR, endless[i].code);
  assert_says_nothing_secret (error);
}

/* Neither the token nor anything else is taken to another place, and what a service sets is not given back to it. */
static void
test_nothing_follows (void)
{
  g_autoptr (RawService)  other = raw_service_new (NULL);
  g_autoptr (RawService)  service = raw_service_new (NULL);
  static const guint      statuses[] = { 300, 301, 302, 303, 305, 307, 308 };
  g_autofree char        *heard = NULL;
  g_autofree char        *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char       *words = g_strdup_printf ("HTTP/1.1 %u Elsewhere\r\nLocation: %s/page\r\nRefresh: 0; url=%s/page\r\n"
                                                    "Set-Cookie: who=you\r\nContent-Length: 0\r\n\r\n",
                                                    statuses[i], raw_service_get_url (other), raw_service_get_url (other));
    g_autoptr (GError)     error = NULL;
    g_autoptr (HallReply)  reply = NULL;

    raw_service_say (service, words, -1);
    reply = get_within (raw_service_get_url (service), 30, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (reply->status, ==, statuses[i]);
  }

  g_assert_cmpuint (raw_service_count_requests (service), ==, G_N_ELEMENTS (statuses));
  g_assert_cmpuint (raw_service_count_requests (other), ==, 0);
  heard = raw_service_take_heard (other);
  g_assert_cmpstr (heard, ==, "");
  first = raw_service_take_heard (service);
  g_assert_nonnull (strstr (first, TOKEN));
  g_assert_null (strstr (first, "Cookie"));
}

int
main (int   argc,
      char *argv[])
{
  g_unsetenv ("http_proxy");
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *path = g_strconcat ("/sync/http-hostile/", answers[i].name, NULL);

    g_test_add_data_func (path, &answers[i], test_answer);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (endless); i++) {
    g_autofree char *path = g_strconcat ("/sync/http-hostile/endless-", endless[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_endless);
  }
  g_test_add_func ("/sync/http-hostile/nothing-follows", test_nothing_follows);

  return g_test_run ();
}
