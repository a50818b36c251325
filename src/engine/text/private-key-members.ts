/** Members of a JSON Web Key that are secret (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
export const privateKeyMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
