/* SPDX-License-Identifier: GPL-3.0-or-later
 * Starting, stopping and asking a hallwayd. The build says in HALLWAYD where it is. */
#include "desk-process.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define CHAT_ID "01900000-0000-7000-8000-000000000001"

void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

static GSubprocess *
spawn (const char *option,
       va_list     options)
{
  g_autoptr (GPtrArray)   arguments = g_ptr_array_new ();
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_ptr_array_add (arguments, (gpointer) HALLWAYD);
  for (; option != NULL; option = va_arg (options, const char *))
    g_ptr_array_add (arguments, (gpointer) option);
  g_ptr_array_add (arguments, NULL);

  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&process);
}

/* Runs it to its end, whatever that is. */
Run
desk_process_run (const char *option,
                  ...)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError)      error = NULL;
  Run                     run = { 0 };
  va_list                 options;

  va_start (options, option);
  process = spawn (option, options);
  va_end (options);

  g_subprocess_communicate_utf8 (process, NULL, NULL, &run.out, &run.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run.status = g_subprocess_get_exit_status (process);

  return run;
}

void
desk_process_set_up (DeskProcess   *desk,
                     gconstpointer  data)
{
  g_auto (Run)       made = { 0 };
  g_autoptr (GError) error = NULL;

  desk->folder = g_dir_make_tmp ("hallwayd-XXXXXX", &error);
  g_assert_no_error (error);
  desk->data = g_build_filename (desk->folder, "data", NULL);
  desk->session = soup_session_new ();

  made = desk_process_run ("--data", desk->data, "token", "add", "laptop", NULL);
  g_assert_cmpint (made.status, ==, 0);
  g_assert_cmpstr (made.err, ==, "");
  assert_one_line (made.out);
  desk->token = g_strstrip (g_strdup (made.out));
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_all (child);
  }
  g_remove (path);
}

void
desk_process_tear_down (DeskProcess   *desk,
                        gconstpointer  data)
{
  if (desk->process != NULL)
    desk_process_stop (desk);

  remove_all (desk->folder);
  g_clear_object (&desk->session);
  g_free (desk->folder);
  g_free (desk->data);
  g_free (desk->url);
  g_free (desk->token);
}

/* Starts the desk with options and waits until it says where it listens. */
void
desk_process_start_with (DeskProcess *desk,
                         const char  *option,
                         ...)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError)           error = NULL;
  g_autofree char             *line = NULL;
  va_list                      options;

  g_assert_null (desk->process);
  va_start (options, option);
  desk->process = spawn (option, options);
  va_end (options);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (desk->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "Listening on http://"));
  g_set_str (&desk->url, line + strlen ("Listening on "));
}

/* On its folder and any port. */
void
desk_process_start (DeskProcess *desk)
{
  desk_process_start_with (desk, "--data", desk->data, "--listen", "127.0.0.1:0", NULL);
}

/* Stops it in order. Whatever was asked of it, it has said nothing of it. */
void
desk_process_stop (DeskProcess *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *err = NULL;

  g_subprocess_send_signal (desk->process, SIGTERM);
  g_subprocess_communicate_utf8 (desk->process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (desk->process));
  g_assert_cmpint (g_subprocess_get_exit_status (desk->process), ==, 0);
  g_assert_cmpstr (err, ==, "");
  g_clear_object (&desk->process);
}

void
desk_process_kill (DeskProcess *desk)
{
  g_subprocess_send_signal (desk->process, SIGKILL);
  g_subprocess_wait (desk->process, NULL, NULL);
  g_clear_object (&desk->process);
}

/* One request over a real socket; 0 when there was no answer. */
guint
desk_process_ask (DeskProcess  *desk,
                  const char   *method,
                  const char   *path,
                  const char   *token,
                  const char   *body,
                  char        **reply)
{
  g_autofree char         *address = g_strconcat (desk->url, path, NULL);
  g_autoptr (SoupMessage)  message = soup_message_new (method, address);
  SoupMessageHeaders      *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes)       answer = NULL;

  if (token != NULL) {
    g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
    g_autofree char *key = g_uuid_string_random ();

    soup_message_headers_append (headers, "Authorization", bearer);
    soup_message_headers_append (headers, "Idempotency-Key", key);
    soup_message_headers_append (headers, "If-None-Match", "*");
  }
  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, token != NULL ? "application/json" : "application/x-www-form-urlencoded", bytes);
  }

  answer = soup_session_send_and_read (desk->session, message, NULL, NULL);
  if (answer == NULL)
    return 0;
  if (reply != NULL)
    *reply = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));

  return soup_message_get_status (message);
}

/* As a browser does it, up to the confirmation. */
guint
desk_process_sign_up (DeskProcess *desk,
                      const char  *address)
{
  g_autofree char *escaped = g_uri_escape_string (address, NULL, TRUE);
  g_autofree char *form = g_strdup_printf ("name=Somebody&address=%s&question=", escaped);

  return desk_process_ask (desk, "POST", "/e/tomorrow", NULL, form, NULL);
}

/* One that is always still to come. */
void
desk_process_add_chat (DeskProcess *desk)
{
  guint status = desk_process_ask (desk, "PUT", "/v1/chats/" CHAT_ID, desk->token,
                                   "{\"id\":\"" CHAT_ID "\",\"title\":\"Tomorrow\",\"slug\":\"tomorrow\","
                                   "\"wall\":\"2999-12-30T12:00\",\"zone\":\"UTC\",\"status\":\"scheduled\"}", NULL);

  g_assert_cmpuint (status, ==, 201);
}

GSocketConnection *
desk_process_connect (DeskProcess *desk)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError)        error = NULL;
  GSocketConnection        *connection;

  connection = g_socket_client_connect_to_host (client, desk->url + strlen ("http://"), 80, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

void
assert_one_line (const char *text)
{
  const char *end = strchr (text, '\n');

  g_assert_nonnull (end);
  g_assert_true (end > text);
  g_assert_cmpstr (end, ==, "\n");
}
