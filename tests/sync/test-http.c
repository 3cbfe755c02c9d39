/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exchanges with a real web server that is well, ill or hostile. */
#include "sync/hall-http.h"

#include "odd-service.h"

#define TOKEN "hall-canary.token_1"

static HallHttp *
open_line (const char *url,
           guint       deadline)
{
  g_autoptr (GError) error = NULL;
  HallHttp          *http = hall_http_new (url, TOKEN, deadline, &error);

  g_assert_no_error (error);
  g_assert_nonnull (http);

  return http;
}

static HallReply *
get (const char    *url,
     const char    *path,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (HallHttp)    http = open_line (url, 60);
  g_autoptr (HallRequest) request = hall_request_new ("GET", path);

  return hall_http_exchange (http, request, cancellable, error);
}

static void
test_there_and_back (void)
{
  static const char       json[] = "{\"id\":\"1\"}";
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autofree char        *below = g_strconcat (odd_service_get_url (service), "/below/", NULL);
  g_autoptr (HallHttp)    http = open_line (below, 60);
  g_autoptr (HallRequest) request = hall_request_new ("PUT", "/echo");
  g_autoptr (GError)      error = NULL;

  request->query = g_strdup ("limit=5&since=1-ab");
  request->body = g_bytes_new_static (json, strlen (json));
  hall_headers_set (request->headers, "Content-Type", "application/json");
  hall_headers_set (request->headers, "Idempotency-Key", "key-1");

  /* The same line serves more than one exchange. */
  for (guint i = 0; i < 3; i++) {
    g_autoptr (HallReply) reply = hall_http_exchange (http, request, NULL, &error);
    const char           *agent;

    g_assert_no_error (error);
    g_assert_cmpuint (reply->status, ==, 201);
    g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), json, strlen (json));
    g_assert_cmpstr (hall_headers_get (reply->headers, "got-line"), ==, "PUT /below/echo?limit=5&since=1-ab");
    g_assert_cmpstr (hall_headers_get (reply->headers, "Got-Authorization"), ==, "Bearer " TOKEN);
    g_assert_cmpstr (hall_headers_get (reply->headers, "Got-Idempotency-Key"), ==, "key-1");
    g_assert_cmpstr (hall_headers_get (reply->headers, "Got-Content-Type"), ==, "application/json");
    g_assert_cmpstr (hall_headers_get (reply->headers, "Content-Type"), ==, "application/json");
    agent = hall_headers_get (reply->headers, "Got-User-Agent");
    g_assert_true (g_str_has_prefix (agent, "Hallway/"));
  }
}

static void
test_any_status_is_a_reply (void)
{
  static const guint     statuses[] = { 200, 304, 401, 407, 429, 500, 503 };
  g_autoptr (OddService) service = odd_service_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (GError)    error = NULL;
    g_autoptr (HallReply) reply = NULL;

    odd_service_answer (service, statuses[i], statuses[i] == 304 ? NULL : "text/html",
                        statuses[i] == 304 ? NULL : "<p>Hello</p>");
    reply = get (odd_service_get_url (service), "/page", NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (reply->status, ==, statuses[i]);
  }
}

static void
test_redirect_not_followed (void)
{
  g_autoptr (OddService) service = odd_service_new (NULL);
  g_autoptr (OddService) other = odd_service_new (NULL);
  g_autofree char       *there = g_strconcat (odd_service_get_url (other), "/echo", NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallReply)  reply = NULL;

  odd_service_lead_to (service, there);
  reply = get (odd_service_get_url (service), "/redirect", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 307);
  g_assert_cmpuint (odd_service_count (service), ==, 1);
  g_assert_cmpuint (odd_service_count (other), ==, 0);
}

static void
test_broken_off (void)
{
  g_autoptr (OddService) service = odd_service_new (NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallReply)  reply = get (odd_service_get_url (service), "/half", NULL, &error);

  g_assert_null (reply);
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
}

static void
test_nothing_listens (void)
{
  g_autoptr (OddService) service = odd_service_new (NULL);
  g_autofree char       *url = g_strdup (odd_service_get_url (service));
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallReply)  reply = NULL;

  g_clear_pointer (&service, odd_service_free);
  reply = get (url, "/page", NULL, &error);

  g_assert_null (reply);
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
}

static void
test_cancel_while_it_hangs (void)
{
  g_autoptr (OddService)   service = odd_service_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallReply)    reply = NULL;

  odd_service_on_hang (service, cancellable);
  reply = get (odd_service_get_url (service), "/hang", cancellable, &error);

  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (odd_service_count (service), ==, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr (OddService)   service = odd_service_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallReply)    reply = NULL;

  g_cancellable_cancel (cancellable);
  reply = get (odd_service_get_url (service), "/page", cancellable, &error);

  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (odd_service_count (service), ==, 0);
}

static void
test_deadline (void)
{
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autoptr (HallHttp)    http = open_line (odd_service_get_url (service), 1);
  g_autoptr (HallRequest) request = hall_request_new ("GET", "/hang");
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallReply)   reply = hall_http_exchange (http, request, NULL, &error);

  g_assert_null (reply);
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
  g_assert_cmpstr (error->message, ==, "The service did not answer in time.");
}

static void
test_too_much (gconstpointer path)
{
  g_autoptr (OddService) service = odd_service_new (NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallReply)  reply = get (odd_service_get_url (service), path, NULL, &error);

  g_assert_null (reply);
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
}

typedef struct {
  const char *url;
  const char *token;
  int         code; /* -1 when it is fine */
} Address;

static void
test_addresses (void)
{
  static const Address addresses[] = {
    { "https://desk.example.org", TOKEN, -1 },
    { "https://desk.example.org:8443/below/", TOKEN, -1 },
    { "http://127.0.0.1:8080", TOKEN, -1 },
    { "HTTP://LOCALHOST:8080", TOKEN, -1 },
    { "HTTP://DESK.EXAMPLE.ORG", TOKEN, HALL_SYNC_ERROR_INSECURE },
    { "http://127.8.9.10", TOKEN, -1 },
    { "http://[::1]:8080", TOKEN, -1 },
    { "http://localhost:8080/", TOKEN, -1 },
    { "http://desk.example.org", TOKEN, HALL_SYNC_ERROR_INSECURE },
    { "http://192.0.2.1", TOKEN, HALL_SYNC_ERROR_INSECURE },
    { "http://localhost.example.org", TOKEN, HALL_SYNC_ERROR_INSECURE },
    { "http://127.0.0.1.example.org", TOKEN, HALL_SYNC_ERROR_INSECURE },
    { "", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "desk.example.org", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "ftp://desk.example.org", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "file:///etc/passwd", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "https://", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "https://host@desk.example.org", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "https://desk.example.org/?a=b", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "https://desk.example.org/#a", TOKEN, HALL_SYNC_ERROR_REJECTED },
    { "https://desk.example.org", "", HALL_SYNC_ERROR_AUTH },
    { "https://desk.example.org", "two words", HALL_SYNC_ERROR_AUTH },
    { "https://desk.example.org", "line\r\nX-Other: 1", HALL_SYNC_ERROR_AUTH },
    { "https://desk.example.org", "мир", HALL_SYNC_ERROR_AUTH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GError)   error = NULL;
    g_autoptr (HallHttp) http = hall_http_new (addresses[i].url, addresses[i].token, 60, &error);

    g_test_message ("%s", addresses[i].url);
    if (addresses[i].code < 0) {
      g_assert_no_error (error);
      g_assert_nonnull (http);
    } else {
      g_assert_null (http);
      g_assert_error (error, HALL_SYNC_ERROR, addresses[i].code);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  /* A proxy must never see what goes to this very machine. Nobody answers at this address (RFC 5737). */
  g_setenv ("http_proxy", "http://192.0.2.1:9", TRUE);
  g_unsetenv ("no_proxy");

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/http/there-and-back", test_there_and_back);
  g_test_add_func ("/sync/http/any-status-is-a-reply", test_any_status_is_a_reply);
  g_test_add_func ("/sync/http/redirect-not-followed", test_redirect_not_followed);
  g_test_add_func ("/sync/http/broken-off", test_broken_off);
  g_test_add_func ("/sync/http/nothing-listens", test_nothing_listens);
  g_test_add_func ("/sync/http/cancel-while-it-hangs", test_cancel_while_it_hangs);
  g_test_add_func ("/sync/http/cancelled-before", test_cancelled_before);
  g_test_add_func ("/sync/http/deadline", test_deadline);
  g_test_add_data_func ("/sync/http/endless", "/endless", test_too_much);
  g_test_add_data_func ("/sync/http/gzip-bomb", "/bomb", test_too_much);
  g_test_add_func ("/sync/http/addresses", test_addresses);

  return g_test_run ();
}
