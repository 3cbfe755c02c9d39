/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words behind NOUN VERB, told apart into options and the rest. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HALL_OPTION_FLAG   = 0,
  HALL_OPTION_VALUE  = 1 << 0, /* a word follows */
  HALL_OPTION_NUMBER = 1 << 1, /* a word follows, and it is a whole number */
  HALL_OPTION_FILE   = 1 << 2, /* a word follows that names a file, in whatever encoding */
  HALL_OPTION_NEEDED = 1 << 3,
  HALL_OPTION_MANY   = 1 << 4, /* may be given again and again */
} HallOptionFlags;

typedef struct {
  const char     *name; /* without its hyphens; NULL ends a list */
  HallOptionFlags flags;
} HallOption;

typedef struct _HallArguments HallArguments;

HallArguments     *hall_arguments_parse      (const char *const   *words,
                                              const HallOption    *options,
                                              char               **fault);
void               hall_arguments_free       (HallArguments       *arguments);
gboolean           hall_arguments_has        (const HallArguments *arguments,
                                              const char          *option);
const char        *hall_arguments_get        (const HallArguments *arguments,
                                              const char          *option);
const char *const *hall_arguments_get_all    (const HallArguments *arguments,
                                              const char          *option);
gint64             hall_arguments_get_number (const HallArguments *arguments,
                                              const char          *option);
const char *const *hall_arguments_get_words  (const HallArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallArguments, hall_arguments_free)

G_END_DECLS
