/* SPDX-License-Identifier: GPL-3.0-or-later
 * A library in a folder of its own, and waiting for what it answers. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-account.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-question.h"

#define LIBRARY_FIXTURE_NOW G_GINT64_CONSTANT (1464000000000000) /* Monday 23 May 2016, 10:40 UTC */

typedef struct {
  char        *folder;
  char        *path;
  HallLibrary *library;
} LibraryFixture;

void          library_fixture_prepare   (void);
void          library_fixture_set_up    (LibraryFixture      *fixture,
                                         gconstpointer        data);
void          library_fixture_tear_down (LibraryFixture      *fixture,
                                         gconstpointer        data);
void          library_fixture_close     (LibraryFixture      *fixture);
void          library_fixture_remove_folder (const char      *path);
void          library_fixture_set_up_ticking (LibraryFixture *fixture,
                                         gconstpointer        data);
HallLibrary  *library_fixture_try_open  (const char          *path,
                                         GError             **error);

/* g_autoptr (GAsyncResult) result = NULL; something_async (…, library_fixture_keep, &result);
 * library_fixture_await (&result); */
void          library_fixture_keep      (GObject             *object,
                                         GAsyncResult        *result,
                                         gpointer             slot);
void          library_fixture_await     (GAsyncResult       **slot);

void          library_fixture_save      (HallLibrary         *library,
                                         gconstpointer        value);
HallChat     *library_fixture_add_chat  (HallLibrary         *library,
                                         const char          *title,
                                         const char          *wall);
HallAttendee *library_fixture_make_attendee (HallLibrary     *library,
                                         const HallChat      *chat,
                                         const char          *name,
                                         const char          *address);
void          library_fixture_ask       (HallLibrary         *library,
                                         const HallAttendee  *attendee,
                                         const char          *text);
HallAccount  *library_fixture_add_account (HallLibrary       *library);
HallAccount  *library_fixture_add_account_at (HallLibrary    *library,
                                         const char          *name,
                                         const char          *url,
                                         const char          *token);
GPtrArray    *library_fixture_list      (HallLibrary         *library,
                                         const HallKind      *kind,
                                         const char          *parent);
