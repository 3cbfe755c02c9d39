/* SPDX-License-Identifier: GPL-3.0-or-later
 * What somebody asks the host, at sign-up or during the chat. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *chat;     /* id of the chat */
  char      *attendee; /* id of the attendee who asks, or absent */
  char      *name;     /* who asks, as shown */
  char      *text;     /* the question itself */
  char      *status;   /* "open", "answered" or "skipped" */
  gint64     asked_at;
} HallQuestion;

extern const HallKind hall_question_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallQuestion, hall_value_unref)

G_END_DECLS
