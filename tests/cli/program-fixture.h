/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real program in a home of its own: what it prints and how it ends. */
#pragma once

#include <gio/gio.h>

typedef struct {
  char  *folder;      /* the current folder of what is run, with a folder "home" in it */
  char  *library;     /* where the default library is */
  char **environment;
  /* of the last run */
  int    code;
  char  *out;
  char  *err;
} ProgramFixture;

void  program_fixture_set_up    (ProgramFixture *fixture,
                                 gconstpointer   data);
void  program_fixture_tear_down (ProgramFixture *fixture,
                                 gconstpointer   data);
void  program_fixture_set_env   (ProgramFixture *fixture,
                                 const char     *name,
                                 const char     *value);
char *program_fixture_write     (ProgramFixture *fixture,
                                 const char     *name,
                                 const char     *bytes,
                                 gssize          length);

/* words: what follows "hallway", a vertical line between two */
void  program_fixture_run       (ProgramFixture *fixture,
                                 const char     *words);
char *program_fixture_add       (ProgramFixture *fixture,
                                 const char     *words);
void  program_fixture_fail      (ProgramFixture *fixture,
                                 const char     *words,
                                 int             code,
                                 const char     *sentence);
