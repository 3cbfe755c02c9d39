/* SPDX-License-Identifier: GPL-3.0-or-later
 * A real hallwayd on a folder of its own, and short ways to talk to it over real sockets. */
#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct {
  char        *folder; /* for everything of the test */
  char        *data;   /* the desk's own folder in it */
  char        *url;    /* of the running desk */
  char        *token;
  GSubprocess *process;
  SoupSession *session;
} DeskProcess;

typedef struct {
  int   status; /* of its exit */
  char *out;
  char *err;
} Run;

void         run_clear              (Run           *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

void         desk_process_set_up    (DeskProcess   *desk,
                                     gconstpointer  data);
void         desk_process_tear_down (DeskProcess   *desk,
                                     gconstpointer  data);
void         desk_process_start     (DeskProcess   *desk);
void         desk_process_start_with (DeskProcess  *desk,
                                     const char    *option,
                                     ...) G_GNUC_NULL_TERMINATED;
void         desk_process_stop      (DeskProcess   *desk);
void         desk_process_kill      (DeskProcess   *desk);
Run          desk_process_run       (const char    *option,
                                     ...) G_GNUC_NULL_TERMINATED;

guint        desk_process_ask       (DeskProcess   *desk,
                                     const char    *method,
                                     const char    *path,
                                     const char    *token,
                                     const char    *body,
                                     char         **reply);
guint        desk_process_sign_up   (DeskProcess   *desk,
                                     const char    *address);
void         desk_process_add_chat  (DeskProcess   *desk);
GSocketConnection *desk_process_connect (DeskProcess *desk);

void         assert_one_line        (const char    *text);

G_END_DECLS
