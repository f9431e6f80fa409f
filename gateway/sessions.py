"""Flask sessions kept on the server, so that signing out really ends them; the cookie is a random id."""

from typing import Any, cast

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from gateway.accounts import Accounts, User

COOKIE = "partnership_session"


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """Small things remembered between pages (CSRF token, "Saved" notices) and who is signed in."""

    def __init__(self, data: dict[str, Any], sid: str | None = None, user: User | None = None) -> None:
        super().__init__(data, on_update=lambda self: setattr(self, "modified", True))
        self.sid = sid
        self.user = user
        self.modified = False
        self.changes_user = False

    def sign_in(self, user: User) -> None:
        """Begin a fresh session under a new id, so that an id planted before signing in is worth nothing."""
        self.clear()
        self.user, self.changes_user = user, True

    def sign_out(self) -> None:
        self.clear()
        self.user, self.changes_user = None, True


class ServerSessions(SessionInterface):
    """Reads a session when a request begins and writes it, only if changed, when the request ends."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        sid = request.cookies.get(COOKIE)
        kept = self._accounts.session(sid) if sid else None
        return ServerSession(kept.data, sid, kept.user) if kept else ServerSession({})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        session = cast(ServerSession, session)
        if session.sid and session.changes_user:
            self._accounts.close_session(session.sid)
            session.sid = None
            response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
        if session.sid is None and (session or session.user):
            sid = self._accounts.open_session(session, session.user.username if session.user else None)
            response.set_cookie(COOKIE, sid, httponly=True, samesite="Lax", secure=request.is_secure)
        elif session.sid and session.modified:
            self._accounts.keep_session(session.sid, session)
