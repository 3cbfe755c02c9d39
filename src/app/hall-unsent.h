/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits that wait to be sent, and those a service refused: for the host to see, send again or let go. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

typedef enum {
  HALL_UNSENT_MADE,
  HALL_UNSENT_CHANGED,
  HALL_UNSENT_REMOVED,
} HallUnsentWhat;

typedef enum {
  HALL_UNSENT_WAITING,  /* goes out with the next exchange */
  HALL_UNSENT_SENT,     /* sent, and nobody knows yet what came of it; goes out again, the same */
  HALL_UNSENT_REFUSED,  /* the service said no; waits for the host */
  HALL_UNSENT_CONFLICT, /* changed in both places; waits for the host's choice */
} HallUnsentState;

typedef struct {
  char            *id;       /* the operation's */
  const HallKind  *kind;
  char            *row;      /* id of the row, which is not there when it was removed */
  char            *title;    /* what it is called, for people */
  char            *account;  /* the account's name */
  HallUnsentWhat   what;
  HallUnsentState  state;
  gint64           made_at;
  char            *reason;   /* why it was refused, one sentence; absent otherwise */
} HallUnsentEdit;

void       hall_unsent_edit_free      (HallUnsentEdit      *self);
/* Of HallUnsentEdit, oldest first. */
void       hall_unsent_list_async     (HallLibrary         *library,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GPtrArray *hall_unsent_list_finish    (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);
void       hall_unsent_retry_async    (HallLibrary         *library,
                                       const char          *operation,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   hall_unsent_retry_finish   (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);
void       hall_unsent_discard_async  (HallLibrary         *library,
                                       const char          *operation,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   hall_unsent_discard_finish (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);
void       hall_unsent_undo_async     (HallLibrary         *library,
                                       const char          *operation,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   hall_unsent_undo_finish    (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallUnsentEdit, hall_unsent_edit_free)

G_END_DECLS
