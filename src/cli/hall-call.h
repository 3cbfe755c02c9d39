/* SPDX-License-Identifier: GPL-3.0-or-later
 * One command on its way: what it was told, where it speaks, and how it ends. */
#pragma once

#include "app/hall-library.h"
#include "cli/hall-arguments.h"
#include "cli/hall-listing.h"
#include "cli/hall-terminal.h"
#include "model/hall-chat.h"

G_BEGIN_DECLS

enum {
  HALL_EXIT_DONE = 0,
  HALL_EXIT_FAILED = 1,
  HALL_EXIT_WRONG_USE = 2,
  HALL_EXIT_WAITS = 3, /* done, but something waits for the host */
};

typedef struct _HallCall HallCall;

/* What can be said after a noun. */
typedef struct {
  const char       *noun;
  const char       *verb;       /* NULL when the noun stands alone */
  const char       *usage;      /* what follows the verb */
  const char       *about;      /* translatable */
  const HallOption *options;
  guint             least_words;
  guint             most_words;
  void            (*run) (HallCall *call); /* ends with hall_call_finish() or hall_call_fail(), perhaps later */
} HallVerb;

/* What a verb lists. */
typedef struct {
  GPtrArray *(*finish) (HallLibrary   *library,
                        GAsyncResult  *result,
                        GError       **error);
  void       (*append) (HallListing   *listing,
                        gconstpointer  item);
} HallCallList;

struct _HallCall {
  const HallVerb *verb;
  HallLibrary    *library;
  HallArguments  *arguments;
  HallTerminal    terminal;
  GTask          *task;
  const HallCallList *list; /* for hall_call_on_listed() */
  void          (*with_chat) (HallCall       *call,
                              const HallChat *chat);
  guint           next;  /* which of several words is being worked on */
  int             code;  /* worst so far */
};

HallCall *hall_call_new    (HallLibrary        *library,
                            const HallVerb     *verb,
                            HallArguments      *arguments,
                            const HallTerminal *terminal,
                            GTask              *task);
void      hall_call_finish (HallCall           *call,
                            int                 code);
void      hall_call_fail   (HallCall           *call,
                            const GError       *error);
void      hall_call_end    (HallCall           *call,
                            const GError       *error);
void      hall_call_on_listed (GObject         *object,
                               GAsyncResult    *result,
                               gpointer         user_data);
void      hall_call_find_chat (HallCall        *call,
                               void           (*with_chat) (HallCall       *call,
                                                            const HallChat *chat));

G_END_DECLS
