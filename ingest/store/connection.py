"""How Chroma is reached: in a folder that this process alone has open, or at a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.errors import LibraryError, ServerAway

if TYPE_CHECKING:
    import httpx

COSINE = {"hnsw": {"space": "cosine"}}


def embedded(path: Path) -> Any:
    """A Chroma client on the folder ``path``, made where there is none."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        path.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(
            path=str(path), settings=Settings(anonymized_telemetry=False)
        )
    except BaseException:
        # Chroma keeps one system a path, also one that never started: the next try would get
        # it, whatever has been put right at the path meanwhile.
        if str(path) not in SharedSystemClient._identifier_to_refcount:
            SharedSystemClient._identifier_to_system.pop(str(path), None)
        raise


def checked_url(url: str) -> str:
    """``url`` without a slash at its end, where it can be a server's.

    Raises:
        LibraryError: it is no http or https address.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too many
        good = False
    if not good or parts.query or parts.fragment or parts.username or any(c.isspace() for c in url):
        raise LibraryError(
            f"ASSISTANT_CHROMA_URL is {url!r}, which is no address of a server: write it as "
            f"http://host:8000 or https://host",
            f"ASSISTANT_CHROMA_URL đang là «{url}», không phải địa chỉ máy chủ: hãy ghi như "
            f"http://host:8000 hoặc https://host",
        )
    return url.rstrip("/")


class Server:
    """A Chroma server, spoken to through Chroma's own client.

    The client's session is replaced by one that waits for a server that is being started anew
    (:class:`ingest.store.wire.PatientTransport`), has time limits, and goes to the address itself,
    past any proxy of the environment.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        """Connect to the server at ``url``; ``token`` goes with every request.

        Raises:
            LibraryError: the address is none, nobody answers, the token is refused, or what
                answers is no Chroma server of a version that is known.
        """
        import httpx
        from chromadb.api import ServerAPI
        from chromadb.config import Settings, System

        from ingest.store.wire import TIMEOUT, PatientTransport

        self.url = checked_url(url)
        parts = urlsplit(self.url)
        system = System(
            Settings(
                anonymized_telemetry=False,
                chroma_api_impl="chromadb.api.fastapi.FastAPI",
                chroma_server_host=self.url,
                chroma_server_http_port=parts.port or (443 if parts.scheme == "https" else 80),
                chroma_server_ssl_enabled=parts.scheme == "https",
            )
        )
        self._api: Any = system.instance(ServerAPI)
        self._transport = PatientTransport()
        headers = dict(self._api._session.headers)
        if token:
            headers |= {"Authorization": f"Bearer {token}", "X-Chroma-Token": token}
        self._api._session.close()
        self._api._session = httpx.Client(
            transport=self._transport, timeout=TIMEOUT, headers=headers, trust_env=False
        )
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        import httpx

        # Asked by hand: Chroma's client says of a foreign answer only that it is no JSON.
        try:
            response = self._api._session.get(f"{self._api.get_api_url()}/heartbeat")
        except httpx.HTTPError as error:
            raise self.away_error(error) from error
        if self.away:  # a proxy's page in the place of an answer
            raise self.away_error()
        if response.status_code in (401, 403):
            raise LibraryError(
                f"the server at {self.url} refuses the token: check ASSISTANT_CHROMA_TOKEN",
                f"máy chủ ở {self.url} từ chối mã truy cập: hãy xem lại ASSISTANT_CHROMA_TOKEN",
            )
        if not _is_heartbeat(response):
            found = f"{response.status_code} {response.text.strip()[:80]}".strip()
            raise LibraryError(
                f"what answers at {self.url} is no Chroma server of version 1 (it said: {found}): "
                f"check ASSISTANT_CHROMA_URL, or update the server: pip install 'chromadb>=1.5,<2'",
                f"ở {self.url} không phải máy chủ Chroma bản 1 (trả lời: {found}): hãy xem lại "
                f"ASSISTANT_CHROMA_URL, hoặc nâng cấp máy chủ (pip install 'chromadb>=1.5,<2')",
            )

    @property
    def away(self) -> bool:
        """Whether the last request found nobody."""
        return self._transport.away

    def away_error(self, error: BaseException | None = None) -> ServerAway:
        """That nobody answers, and what to do."""
        reason = f" ({error})" if error is not None and str(error) else ""
        return ServerAway(
            f"no Chroma server answers at {self.url}{reason}: start it with `chroma run --path "
            f"FOLDER --host … --port …`, or check ASSISTANT_CHROMA_URL",
            f"máy chủ Chroma ở {self.url} không trả lời{reason}: hãy bật máy chủ bằng `chroma run "
            f"--path THƯ_MỤC --host … --port …`, hoặc xem lại ASSISTANT_CHROMA_URL",
            self.url,
        )

    def now(self) -> int:
        """The server's time in nanoseconds: one clock for all its clients."""
        return int(self._api.heartbeat())

    def collection(self, name: str, metadata: dict[str, Any] | None) -> Any:
        """The collection ``name``, made with ``metadata`` where there is none."""
        from chromadb.api.models.Collection import Collection

        model = self._api.get_or_create_collection(
            name=name, metadata=metadata, configuration=dict(COSINE)
        )
        return Collection(client=self._api, model=model, embedding_function=None)

    def existing(self, name: str) -> Any | None:
        """The collection ``name``, None where there is none."""
        from chromadb.api.models.Collection import Collection
        from chromadb.errors import NotFoundError

        try:
            model = self._api.get_collection(name=name)
        except NotFoundError:
            return None
        return Collection(client=self._api, model=model, embedding_function=None)

    def collections(self) -> list[str]:
        """The names of all collections."""
        return [model.name for model in self._api.list_collections()]

    def delete_collection(self, name: str) -> None:
        """Delete the collection ``name``, where there is one."""
        from chromadb.errors import NotFoundError

        try:
            self._api.delete_collection(name=name)
        except NotFoundError:
            return

    def close(self) -> None:
        """Release the connections, and give up what is being tried."""
        self._transport.close()
        self._api._session.close()


def _is_heartbeat(response: httpx.Response) -> bool:
    try:
        return response.status_code == 200 and "nanosecond heartbeat" in response.json()
    except ValueError:
        return False
