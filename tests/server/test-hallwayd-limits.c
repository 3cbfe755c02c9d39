/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallwayd against those who are slow, endless, large or many. */
#include "desk-process.h"

#include <string.h>

static void
say (GSocketConnection *connection,
     const char        *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
}

/* All that comes until the other side hangs up. */
static char *
hear (GSocketConnection *connection)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  GInputStream       *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char                buffer[4096];
  gssize              n;

  while ((n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (heard, buffer, n);

  return g_string_free_and_steal (g_steal_pointer (&heard));
}

static void
assert_alive (DeskProcess *desk)
{
  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", desk->token, NULL, NULL), ==, 200);
}

static void
test_slow (DeskProcess   *desk,
           gconstpointer  data)
{
  static const char *const beginnings[] = {
    "",
    "GET / HT",
    "GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
    "POST /e/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nname=A",
    "POST /e/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nname\r\n",
  };

  desk_process_start_with (desk, "--data", desk->data, "--listen", "127.0.0.1:0", "--deadline", "1", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++) {
    g_autoptr (GSocketConnection) connection = desk_process_connect (desk);
    g_autofree char              *heard = NULL;

    say (connection, beginnings[i]);
    heard = hear (connection);
    g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 408 "));
    g_assert_nonnull (strstr (heard, "urn:hallway:problem:too-slow"));
    g_assert_null (strstr (heard, "200 OK"));
  }
  assert_alive (desk);
}

/* A second request on a connection has the same time as the first. */
static void
test_slow_second (DeskProcess   *desk,
                  gconstpointer  data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char              *heard = NULL;

  desk_process_start_with (desk, "--data", desk->data, "--listen", "127.0.0.1:0", "--deadline", "1", NULL);
  connection = desk_process_connect (desk);
  say (connection, "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\nPUT /v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
  heard = hear (connection);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 204 "));
  g_assert_nonnull (strstr (heard, "\r\n\r\nHTTP/1.1 408 "));
}

/* While some dawdle, others are served. */
static void
test_not_held_up (DeskProcess   *desk,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) slow = g_ptr_array_new_with_free_func (g_object_unref);

  desk_process_start (desk);
  for (guint i = 0; i < 50; i++) {
    GSocketConnection *connection = desk_process_connect (desk);

    say (connection, "POST /e/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
    g_ptr_array_add (slow, connection);
  }
  assert_alive (desk);
}

static void
test_large_body (DeskProcess   *desk,
                 gconstpointer  data)
{
  g_autofree char *fits = g_strnfill (1024 * 1024, 'x');
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, 'x');
  g_autofree char *refusal = NULL;

  desk_process_start (desk);
  g_assert_cmpuint (desk_process_ask (desk, "PUT", "/v1/posts/01900000-0000-7000-8000-000000000009", desk->token, fits, NULL), ==, 400);
  g_assert_cmpuint (desk_process_ask (desk, "PUT", "/v1/posts/01900000-0000-7000-8000-000000000009", desk->token, large, &refusal), ==, 413);
  g_assert_nonnull (strstr (refusal, "urn:hallway:problem:too-large"));
  assert_alive (desk);
}

/* It answers long before the body has ended: here it never ends. */
static void
test_endless_body (DeskProcess   *desk,
                   gconstpointer  data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char              *letters = g_strnfill (65536, 'x');
  g_autofree char              *chunk = g_strdup_printf ("10000\r\n%s\r\n", letters);
  g_autofree char              *heard = NULL;
  GOutputStream                *output;
  guint                         n = 0;

  desk_process_start (desk);
  connection = desk_process_connect (desk);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  say (connection, "POST /v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  while (n < 32 && g_output_stream_write_all (output, chunk, strlen (chunk), NULL, NULL, NULL))
    n++;

  /* Twice as much as is allowed was swallowed; there is an answer although no end was sent. */
  heard = hear (connection);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 413 "));
  g_assert_nonnull (strstr (heard, "urn:hallway:problem:too-large"));
  assert_alive (desk);
}

static void
test_announced_body (DeskProcess   *desk,
                     gconstpointer  data)
{
  g_autoptr (GSocketConnection) said = NULL;
  g_autoptr (GSocketConnection) asked = NULL;
  g_autofree char              *refused = NULL;
  g_autofree char              *answered = NULL;

  desk_process_start (desk);
  said = desk_process_connect (desk);
  say (said, "POST /e/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
  refused = hear (said);
  g_assert_true (g_str_has_prefix (refused, "HTTP/1.1 413 "));

  asked = desk_process_connect (desk);
  say (asked, "POST /e/x HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");
  answered = hear (asked);
  g_assert_true (g_str_has_prefix (answered, "HTTP/1.1 413 "));
}

static void
test_large_headers (DeskProcess   *desk,
                    gconstpointer  data)
{
  g_autoptr (GSocketConnection) large = NULL;
  g_autoptr (GSocketConnection) endless = NULL;
  g_autofree char              *letters = g_strnfill (17000, 'x');
  g_autofree char              *request = g_strdup_printf ("GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n", letters);
  g_autofree char              *line = g_strdup_printf ("X: %s\r\n", letters);
  g_autofree char              *heard = NULL;
  g_autofree char              *nothing = NULL;

  desk_process_start (desk);
  large = desk_process_connect (desk);
  say (large, request);
  heard = hear (large);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 431 "));
  g_assert_null (strstr (heard, "413"));

  /* Headers without end are cut off by libsoup. */
  endless = desk_process_connect (desk);
  say (endless, "GET / HTTP/1.1\r\nHost: localhost\r\n");
  for (guint i = 0; i < 12; i++)
    if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (endless)), line, strlen (line), NULL, NULL, NULL))
      break;
  nothing = hear (endless);
  g_assert_null (strstr (nothing, "200 OK"));
  assert_alive (desk);
}

static void
test_keeps_alive (DeskProcess   *desk,
                  gconstpointer  data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char              *heard = NULL;
  const char                   *second;

  desk_process_start (desk);
  connection = desk_process_connect (desk);
  say (connection, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                   "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  heard = hear (connection);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 200 "));
  second = strstr (heard, "\r\n\r\nHTTP/1.1 404 ");
  g_assert_nonnull (second);
  g_assert_nonnull (strstr (second, "</html>"));
}

/* A connection that is closed without a word costs a client its next write: it cannot know what became of it. */
static void
test_keeps_alive_without_content (DeskProcess   *desk,
                                  gconstpointer  data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char              *heard = NULL;

  desk_process_start (desk);
  connection = desk_process_connect (desk);
  say (connection, "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                   "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  heard = hear (connection);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 204 "));
  g_assert_nonnull (strstr (heard, "HTTP/1.1 200 "));
  g_assert_null (strstr (heard, "Content-Length: 0"));
}

static guint
sign_up_through (DeskProcess *desk,
                 const char  *forwarded,
                 guint        n)
{
  g_autofree char        *address = g_strconcat (desk->url, "/e/tomorrow", NULL);
  g_autofree char        *form = g_strdup_printf ("name=A&address=a%u%%40example.org", n);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (GBytes)      body = g_bytes_new (form, strlen (form));
  g_autoptr (GBytes)      answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Forwarded-For", forwarded);
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
  answer = soup_session_send_and_read (desk->session, message, NULL, NULL);
  g_assert_nonnull (answer);

  return soup_message_get_status (message);
}

/* Behind a proxy each visitor has limits of their own; what they say of themselves before the proxy does not count. */
static void
test_forwarded (DeskProcess   *desk,
                gconstpointer  data)
{
  guint n = 0;
  guint status = 200;

  desk_process_start (desk);
  desk_process_add_chat (desk);

  while (status == 200 && n < 200) {
    g_autofree char *forwarded = g_strdup_printf ("198.51.100.%u, 192.0.2.1", n);

    status = sign_up_through (desk, forwarded, n++);
  }
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (n, >, 30);
  g_assert_cmpuint (sign_up_through (desk, "198.51.100.1, 192.0.2.2", n), ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/hallwayd-limits/" name, DeskProcess, NULL, desk_process_set_up, function, desk_process_tear_down)
  ADD ("slow", test_slow);
  ADD ("slow-second", test_slow_second);
  ADD ("not-held-up", test_not_held_up);
  ADD ("large-body", test_large_body);
  ADD ("endless-body", test_endless_body);
  ADD ("announced-body", test_announced_body);
  ADD ("large-headers", test_large_headers);
  ADD ("keeps-alive", test_keeps_alive);
  ADD ("keeps-alive-without-content", test_keeps_alive_without_content);
  ADD ("forwarded", test_forwarded);

  return g_test_run ();
}
