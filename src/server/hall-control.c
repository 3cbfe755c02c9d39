/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line in, the answer out. The socket has mode 0600, and only the desk's own user and root are listened to. */
#include "server/hall-control.h"

#include "server/hall-token-commands.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whoever connects and says nothing is hung up on after so many seconds. */
#define PATIENCE 10

struct _HallControl {
  HallDeskFolder *folder;
  HallDesk       *desk;
  HallDatabase   *db;
  GSocketService *service;
};

static gboolean
is_own_user (GSocketConnection *connection)
{
  g_autoptr (GCredentials) peer = NULL;
  uid_t                    user;

  peer = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  if (peer == NULL)
    return FALSE;

  user = g_credentials_get_unix_user (peer, NULL);
  return user == geteuid () || user == 0;
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GSocketConnection) connection = data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

typedef struct {
  HallControl       *control;
  GSocketConnection *connection;
} Call;

static void
on_line_read (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autofree Call *call = data;
  g_autofree char *line = NULL;
  GOutputStream   *output = g_io_stream_get_output_stream (G_IO_STREAM (call->connection));
  char            *answer;

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  answer = hall_token_commands_obey (call->control->desk, call->control->db, line != NULL ? line : "");

  g_object_set_data_full (G_OBJECT (output), "answer", answer, g_free);
  g_output_stream_write_all_async (output, answer, strlen (answer), G_PRIORITY_DEFAULT, NULL, on_answered, call->connection);
}

static gboolean
on_connected (GSocketService    *service,
              GSocketConnection *connection,
              GObject           *source,
              gpointer           data)
{
  g_autoptr (GDataInputStream) input = NULL;
  Call                        *call;

  if (!is_own_user (connection))
    return TRUE;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), PATIENCE);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  call = g_new (Call, 1);
  call->control = data;
  call->connection = g_object_ref (connection);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_line_read, call);

  return TRUE;
}

/**
 * hall_control_new:
 * @folder: a folder that is locked; outlives the control
 * @desk: a desk; outlives it
 * @db: its database; outlives it
 * @error: a GIO error
 *
 * Takes commands from now on, in callbacks of the thread's main context.
 *
 * Returns: (transfer full): the control; NULL with @error set
 */
HallControl *
hall_control_new (HallDeskFolder  *folder,
                  HallDesk        *desk,
                  HallDatabase    *db,
                  GError         **error)
{
  g_autoptr (HallControl)    self = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  mode_t                     mask;
  gboolean                   bound;

  g_return_val_if_fail (folder != NULL && desk != NULL && db != NULL, NULL);

  self = g_new0 (HallControl, 1);
  self->folder = folder;
  self->desk = desk;
  self->db = db;
  self->service = g_socket_service_new ();

  hall_desk_folder_remove_control (folder);
  address = hall_desk_folder_make_control_address (folder);

  /* The mask is the process's; there are no other threads that make files. */
  mask = umask (0177);
  bound = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                         G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  umask (mask);
  if (!bound)
    return NULL;

  g_signal_connect (self->service, "incoming", G_CALLBACK (on_connected), self);
  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

/**
 * hall_control_free:
 * @control: (transfer full) (nullable): a control
 */
void
hall_control_free (HallControl *control)
{
  if (control == NULL)
    return;

  g_socket_service_stop (control->service);
  g_socket_listener_close (G_SOCKET_LISTENER (control->service));
  g_signal_handlers_disconnect_by_data (control->service, control);
  g_object_unref (control->service);
  hall_desk_folder_remove_control (control->folder);
  g_free (control);
}

/**
 * hall_control_ask:
 * @folder: a folder that another process has locked
 * @command: one line, without its end
 * @error: a GIO error when no desk is listening there, or none answers
 *
 * Asks the desk that is running on a folder. Waits for the answer.
 *
 * Returns: (transfer full): the answer; NULL with @error set
 */
char *
hall_control_ask (HallDeskFolder  *folder,
                  const char      *command,
                  GError         **error)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketAddress)    address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream)  input = NULL;
  g_autofree char              *line = NULL;
  GOutputStream                *output;

  g_return_val_if_fail (folder != NULL && command != NULL && strchr (command, '\n') == NULL, NULL);

  address = hall_desk_folder_make_control_address (folder);
  g_socket_client_set_timeout (client, PATIENCE);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (connection == NULL)
    return NULL;

  line = g_strconcat (command, "\n", NULL);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (!g_output_stream_write_all (output, line, strlen (line), NULL, NULL, error))
    return NULL;

  /* All there is up to the end: nothing in it is NUL. */
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  return g_data_input_stream_read_upto (input, "", 1, NULL, NULL, error);
}
