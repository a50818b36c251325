// Parts of vendors' packages that come without types; only what the builders here use.

declare module 'agora-token/src/AccessToken2.js' {
  class Service {
    add_privilege(privilege: number, expire: number): void;
  }
  export class ServiceRtc extends Service {
    constructor(channel: string, uid: string | number);
  }
  export class ServiceRtm extends Service {
    constructor(user: string);
  }
  export class ServiceChat extends Service {
    constructor(user: string);
  }
  export class AccessToken2 {
    constructor(appId: string, appCertificate: string, issueTs: number, expire: number);
    add_service(service: object): void;
    build(): string;
  }
}

declare module 'agora-access-token/src/AccessToken.js' {
  export class AccessToken {
    constructor(appId: string, appCertificate: string, channel: string, uid: number);
    ts: number;
    addPriviledge(privilege: number, expireTimestamp: number): void;
    build(): string;
  }
  export const priviledges: Record<
    'kJoinChannel' | 'kPublishAudioStream' | 'kPublishVideoStream' | 'kPublishDataStream' | 'kAdministrateChannel',
    number
  >;
}

declare module 'tls-sig-api-v2' {
  export class Api {
    constructor(sdkAppId: number, key: string);
    genUserSig(userId: string, expire: number): string;
    genPrivateMapKey(userId: string, expire: number, roomId: number, privilegeMap: number): string;
    genPrivateMapKeyWithStringRoomID(userId: string, expire: number, room: string, privilegeMap: number): string;
  }
}
