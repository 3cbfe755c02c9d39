/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was changed in both places, for the host to choose; the choice can be undone. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-choice.h"

G_BEGIN_DECLS

typedef struct {
  char           *id;       /* the conflict's */
  const HallKind *kind;
  char           *row;      /* id of the row */
  char           *title;    /* what it is called, for people: the newest title, name or first words there are */
  char           *account;  /* the account's name */
  gint64          found_at;
  HallValue      *before;   /* what both began with; absent when both made it */
  HallValue      *mine;     /* absent when it was removed here */
  HallValue      *theirs;   /* absent when it was deleted on the service */
  GPtrArray      *fields;   /* of const HallField: those in which mine and theirs differ; empty when one is absent */
} HallSettlerCase;

void       hall_settler_case_free     (HallSettlerCase     *self);
/* Of HallSettlerCase, oldest first. */
void       hall_settler_list_async    (HallLibrary         *library,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GPtrArray *hall_settler_list_finish   (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);
/* "edited" is the third version, for HALL_CHOICE_EDITED only. */
void       hall_settler_choose_async  (HallLibrary         *library,
                                       const char          *conflict,
                                       HallChoice           choice,
                                       gconstpointer        edited,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   hall_settler_choose_finish (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);
void       hall_settler_undo_async    (HallLibrary         *library,
                                       const char          *conflict,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean   hall_settler_undo_finish   (HallLibrary         *library,
                                       GAsyncResult        *result,
                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallSettlerCase, hall_settler_case_free)

G_END_DECLS
